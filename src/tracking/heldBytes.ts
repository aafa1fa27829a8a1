import type { Bytes } from './fileReading.js';

/** Bytes that came through a pipe and are not done with. */
export class HeldBytes implements Bytes {
  #pieces: Uint8Array[] = [];
  /** Place of the first of them. */
  #from = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** All of them. */
  whole(): Uint8Array {
    if (this.#pieces.length !== 1) this.#pieces = [joined(this.#pieces, this.#length)];
    return this.#pieces[0]!;
  }

  /** Lets go of what comes before this place. */
  forget(place: number): void {
    if (place <= this.#from) return;
    this.#pieces = [this.whole().subarray(place - this.#from)];
    this.#from = place;
    this.#length = this.#pieces[0]!.length;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const start = offset - this.#from;
    return start >= this.#length ? new Uint8Array() : this.whole().subarray(start, start + length);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
