import { uniform } from '../../../random.js';

/** A bounded shuffle: each item that comes in takes the place of one drawn at random, which goes out. */
export class ItemShuffle<T> {
  readonly #capacity: number;
  readonly #random: () => number;
  readonly #held: T[] = [];

  /** @param capacity items held back; 1 keeps the order */
  constructor(capacity: number, seed: number) {
    this.#capacity = capacity;
    this.#random = uniform(seed);
  }

  /** Takes an item in; gives one back once the buffer is full. */
  exchange(item: T): T | undefined {
    if (this.#held.length < this.#capacity) {
      this.#held.push(item);
      return undefined;
    }
    const place = this.#draw();
    const drawn = this.#held[place];
    this.#held[place] = item;
    return drawn;
  }

  /** Gives what is held, until nothing is. */
  *rest(): Generator<T, void> {
    while (this.#held.length > 0) {
      const place = this.#draw();
      const last = this.#held.length - 1;
      [this.#held[place], this.#held[last]] = [this.#held[last]!, this.#held[place]!];
      yield this.#held.pop()!;
    }
  }

  #draw(): number {
    return Math.floor(this.#random() * this.#held.length);
  }
}
