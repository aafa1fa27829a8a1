// Where everything lies. Addresses are given out once, ahead of the first step; nothing is ever given back.

/** The job and what is beside it come first; see `assembly/job.ts`. */
const FIRST_ADDRESS = 1024;
/** A kernel may read a vector past the end of what it works on. */
const SLACK = 64;

export class MemoryLayout {
  #next = FIRST_ADDRESS;
  readonly #constants: { readonly address: number; readonly words: Int32Array }[] = [];

  /** Bytes given out so far. */
  get bytes(): number {
    return this.#next;
  }

  /** Memory of zeros, at the beginning of a cache line. */
  reserve(bytes: number): number {
    const address = this.#next;
    this.#next = Math.ceil((address + bytes + SLACK) / 64) * 64;
    return address;
  }

  /** Memory that begins with these 32-bit words; an `Int32Array` is kept as it is. */
  constant(words: ArrayLike<number>): number {
    const address = this.reserve(words.length * 4);
    this.#constants.push({ address, words: words instanceof Int32Array ? words : Int32Array.from(words) });
    return address;
  }

  /** Writes all constants. */
  writeTo(memory: Int32Array): void {
    for (const { address, words } of this.#constants) memory.set(words, address / 4);
  }
}
