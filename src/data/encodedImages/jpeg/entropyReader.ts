import { type HuffmanTable, LONGEST_CODE, SHORT_BITS } from './huffmanTable.js';

const END_OF_IMAGE = 0xd9;

/** Reads a scan bit by bit. Where it is not whole, `isDamaged` becomes true and what it gives means nothing. @see ITU-T T.81, annex F.2.2 */
export class EntropyReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #bits = 0;
  #count = 0;
  /** Of those at hand, how many are not in the file. */
  #beyond = 0;
  isDamaged = false;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The byte that the next code stands for. */
  symbol({ short, largest, offset, values }: HuffmanTable): number {
    this.#fill();
    const entry = short[(this.#bits >>> (this.#count - SHORT_BITS)) & 0xff]!;
    if (entry !== 0) {
      this.#count -= entry >> 8;
      return entry & 0xff;
    }
    for (let length = SHORT_BITS + 1; length <= LONGEST_CODE; length += 1) {
      const code = (this.#bits >>> (this.#count - length)) & ((1 << length) - 1);
      if (code > largest[length]!) continue;
      this.#count -= length;
      return values[code + offset[length]!]!;
    }
    this.isDamaged = true;
    return 0;
  }

  /** A number whose magnitude takes so many bits, 1 to 15: EXTEND(RECEIVE(bits)). */
  signed(bits: number): number {
    this.#fill();
    this.#count -= bits;
    const value = (this.#bits >>> this.#count) & ((1 << bits) - 1);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  /** Whether the scan ends here, but for the bits that fill its last byte, with the marker that ends the image. */
  isAtEnd(): boolean {
    const left = this.#count - this.#beyond;
    return left >= 0 && left < 8 && this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === END_OF_IMAGE;
  }

  /** Puts 16 bits at hand or more: zeros behind the last one. */
  #fill(): void {
    while (this.#count < LONGEST_CODE) {
      let byte = this.#bytes[this.#at];
      if (byte === 0xff) {
        if (this.#bytes[this.#at + 1] === 0) this.#at += 1;
        else byte = undefined;
      }
      if (byte === undefined) this.#beyond += 8;
      else this.#at += 1;
      this.#bits = (this.#bits << 8) | (byte ?? 0);
      this.#count += 8;
    }
  }
}
