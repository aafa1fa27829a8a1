import { uniform } from '../../dist/random.js';

/** Choices that follow from a seed. */
export class Random {
  #next;

  constructor(seed) {
    this.#next = uniform(seed);
  }

  /** 0 … below − 1 */
  integer(below) {
    return Math.floor(this.#next() * below);
  }

  chance(share) {
    return this.#next() < share;
  }

  pick(list) {
    return list[this.integer(list.length)];
  }

  bytes(count) {
    return Uint8Array.from({ length: count }, () => this.integer(256));
  }

  /** The bytes in pieces, as a file or a socket may deliver them. */
  pieces(bytes) {
    const pieces = [];
    const longest = 1 + this.integer(this.chance(0.5) ? 64 : bytes.length + 1);
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + this.integer(longest);
      pieces.push(bytes.subarray(at, at + length));
      at += length;
    }
    return pieces;
  }
}
