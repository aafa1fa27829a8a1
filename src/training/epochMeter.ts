/** What is summed over an epoch. */
export interface EpochSums {
  /** Of the losses, each times its items. */
  readonly lossSum: number;
  readonly items: number;
  readonly durationMs: number;
}

/** Losses and times of one epoch's training; evaluation, samples and pauses are left out of the time. */
export class EpochMeter {
  readonly epoch: number;
  #lossSum: number;
  #items: number;
  #durationMs: number;
  #since: number;
  readonly #now: () => number;

  /** @param sums of the part of the epoch that is over */
  constructor(
    epoch: number,
    now: () => number = () => performance.now(),
    { lossSum, items, durationMs }: EpochSums = { lossSum: 0, items: 0, durationMs: 0 },
  ) {
    this.epoch = epoch;
    this.#lossSum = lossSum;
    this.#items = items;
    this.#durationMs = durationMs;
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

  get sums(): EpochSums {
    return { lossSum: this.#lossSum, items: this.#items, durationMs: this.#durationMs };
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
