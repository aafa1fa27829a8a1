/** Milliseconds since it was made, monotonic. Stands still during pauses. */
export class RunClock {
  readonly #now: () => number;
  #origin: number;
  #stoppedAt: number | undefined;

  /** @param now milliseconds, monotonic. @default performance.now */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#origin = now();
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
