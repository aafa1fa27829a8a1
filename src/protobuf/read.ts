// Fields of a message, one after the other, without an object for each: event files hold millions of messages.
// https://protobuf.dev/programming-guides/encoding

/** Bytes that are no message. */
export class WireError extends Error {}

const [VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES] = [0, 1, 2, 5];
const LONGEST_VARINT = 10;
/** A whole number has up to 64 bits: two numbers of 28, and one of 8. */
const PART = 2 ** 28;
const decoder = new TextDecoder();

/**
 * Goes through the fields of a message. A field's value is read after `next` has come to it, or left out.
 * Every length is compared with the bytes that are there; values are views of them.
 */
export class MessageReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  readonly #end: number;
  #wire = VARINT;
  #from = 0;
  #integer = 0;
  /** Number of the field. */
  field = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
    this.#end = bytes.length;
  }

  /**
   * @returns whether there is another field
   * @throws WireError where what comes next is none
   */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag & 7;
    if (this.field < 1) throw new WireError('a field without a number');
    if (this.#wire === VARINT) this.#integer = this.#varint();
    else this.#pass(this.#length());
    return true;
  }

  /** A whole number; beyond 2⁵³ the nearest one that a double holds. @throws WireError where the field is of another kind */
  integer(): number {
    this.#mustBe(VARINT);
    return this.#integer;
  }

  /** Of four bytes or eight. @throws WireError where the field is of another kind */
  real(): number {
    if (this.#wire === FOUR_BYTES) return this.#view.getFloat32(this.#from, true);
    this.#mustBe(EIGHT_BYTES);
    return this.#view.getFloat64(this.#from, true);
  }

  /** @throws WireError where the field is of another kind */
  bytes(): Uint8Array {
    this.#mustBe(LENGTH);
    return this.#bytes.subarray(this.#from, this.#at);
  }

  text(): string {
    return decoder.decode(this.bytes());
  }

  message(): MessageReader {
    return new MessageReader(this.bytes());
  }

  /** Adds the numbers of a repeated field, packed or alone. @param width bytes of a number; 0 for whole ones of any length */
  numbers(width: 0 | 4 | 8, into: number[]): void {
    if (this.#wire !== LENGTH) {
      into.push(width === 0 ? this.integer() : this.real());
      return;
    }
    const packed = this.message();
    while (packed.#at < packed.#end) {
      if (width === 0) into.push(packed.#varint());
      else {
        packed.#wire = width === 4 ? FOUR_BYTES : EIGHT_BYTES;
        packed.#pass(width);
        into.push(packed.real());
      }
    }
  }

  #mustBe(wire: number): void {
    if (this.#wire !== wire) throw new WireError(`field ${this.field} is of another kind`);
  }

  #length(): number {
    if (this.#wire === EIGHT_BYTES) return 8;
    if (this.#wire === FOUR_BYTES) return 4;
    if (this.#wire === LENGTH) return this.#varint();
    throw new WireError(`field ${this.field} is of a kind that is not known`);
  }

  #pass(length: number): void {
    this.#from = this.#at;
    if (!(length >= 0 && length <= this.#end - this.#at))
      throw new WireError(`field ${this.field} is longer than its message`);
    this.#at += length;
  }

  /** Seven bits a byte, the lowest first; negative numbers as two's complement of 64. */
  #varint(): number {
    let [low, middle, high] = [0, 0, 0];
    for (let group = 0; group < LONGEST_VARINT; group++) {
      if (this.#at >= this.#end) throw new WireError('a number ends too early');
      const byte = this.#bytes[this.#at++]!;
      const bits = byte & 127;
      if (group < 4) low += bits * 2 ** (7 * group);
      else if (group < 8) middle += bits * 2 ** (7 * (group - 4));
      else high = (high + bits * 2 ** (7 * (group - 8))) & 255;
      if (byte < 128) return high < 128 ? high * PART * PART + middle * PART + low : -negated(low, middle, high);
    }
    throw new WireError('a number is longer than 64 bits');
  }
}

function negated(low: number, middle: number, high: number): number {
  return (255 - high) * PART * PART + (PART - 1 - middle) * PART + (PART - low);
}
