/** Milliseconds since it was made and those before, monotonic. Stands still during pauses. */
export class RunClock {
  readonly #now: () => number;
  #origin: number;
  #stoppedAt: number | undefined;

  /**
   * @param now milliseconds, monotonic. @default performance.now
   * @param elapsedMs what it begins with, of a run that goes on. @default 0
   */
  constructor(now: () => number = () => performance.now(), elapsedMs = 0) {
    this.#now = now;
    this.#origin = now() - elapsedMs;
  }

  read(): number {
    return (this.#stoppedAt ?? this.#now()) - this.#origin;
  }

  /** Begins a pause. */
  stop(): void {
    this.#stoppedAt ??= this.#now();
  }

  /** Ends it. */
  start(): void {
    if (this.#stoppedAt === undefined) return;
    this.#origin += this.#now() - this.#stoppedAt;
    this.#stoppedAt = undefined;
  }
}
