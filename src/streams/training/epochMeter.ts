/** Losses and times of one epoch's training; evaluation, samples and pauses are left out of the time. */
export class EpochMeter {
  readonly epoch: number;
  #lossSum = 0;
  #items = 0;
  #durationMs = 0;
  #since: number;
  readonly #now: () => number;

  constructor(epoch: number, now: () => number = () => performance.now()) {
    this.epoch = epoch;
    this.#now = now;
    this.#since = now();
  }

  /** Counts one update and the time since the last one. */
  add(loss: number, items: number): void {
    this.#lossSum += loss * items;
    this.#items += items;
    const now = this.#now();
    this.#durationMs += now - this.#since;
    this.#since = now;
  }

  /** Leaves out the time since the last update. */
  skip(): void {
    this.#since = this.#now();
  }

  get items(): number {
    return this.#items;
  }

  /** Mean over items. */
  get trainLoss(): number {
    return this.#lossSum / this.#items;
  }

  get durationMs(): number {
    return this.#durationMs;
  }

  get imagesPerSecond(): number {
    return this.#durationMs === 0 ? 0 : (this.#items / this.#durationMs) * 1000;
  }
}
