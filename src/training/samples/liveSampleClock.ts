/** Milliseconds: twice a second is as often as an eye follows ten pictures. */
const INTERVAL_MS = 500;
/** Of the time. */
const MOST_COST = 0.02;

/** When the next live sample is due: rarer where they cost more than a fiftieth of the time. */
export class LiveSampleClock {
  readonly #now: () => number;
  #dueAt: number;

  /** @param now milliseconds, monotonic. @default performance.now */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#dueAt = now() + INTERVAL_MS;
  }

  get isDue(): boolean {
    return this.#now() >= this.#dueAt;
  }

  /** Runs what makes and delivers one, and counts its time. */
  take(work: () => void): void {
    const start = this.#now();
    work();
    const end = this.#now();
    this.#dueAt = end + Math.max(INTERVAL_MS, (end - start) / MOST_COST);
  }
}
