/**
 * A clock of a run: milliseconds since it was made and those before, monotonic. It stands still during pauses.
 *
 * @example
 * let now = 0;
 * const clock = new RunClock(() => now);
 * now = 100;
 * clock.stop();
 * now = 500;
 * console.log(clock.read()); // 100
 */
export class RunClock {
  readonly #now: () => number;
  #origin: number;
  #stoppedAt: number | undefined;

  /**
   * @param now milliseconds, monotonic. @default performance.now
   * @param elapsedMs what the clock begins with, for a run that goes on. @default 0
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

  /** Ends the pause. */
  start(): void {
    if (this.#stoppedAt === undefined) return;
    this.#origin += this.#now() - this.#stoppedAt;
    this.#stoppedAt = undefined;
  }
}
