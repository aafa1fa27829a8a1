import type { Bytes } from './fileReading.js';

const FIRST_CAPACITY = 64 * 1024;

/** Bytes that came through a pipe and are not done with. What is read of them is a view, good until more are pushed. */
export class HeldBytes implements Bytes {
  #buffer = new Uint8Array(FIRST_CAPACITY);
  /** In the buffer. */
  #start = 0;
  #end = 0;
  /** Place of the first of them. */
  #from = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#buffer.length) this.#makeRoom(this.length + piece.length);
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** All of them. */
  whole(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Lets go of what comes before this place. */
  forget(place: number): void {
    const passed = Math.min(place - this.#from, this.length);
    if (passed <= 0) return;
    this.#start += passed;
    this.#from += passed;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const start = offset - this.#from;
    return this.whole().subarray(start, start + length);
  }

  /** Twice of what is needed, so that bytes that come one by one are not copied each time. */
  #makeRoom(needed: number): void {
    const held = this.whole();
    const roomy = 2 * needed <= this.#buffer.length ? this.#buffer : new Uint8Array(2 * needed);
    if (roomy === this.#buffer) roomy.copyWithin(0, this.#start, this.#end);
    else roomy.set(held);
    this.#buffer = roomy;
    [this.#start, this.#end] = [0, held.length];
  }
}
