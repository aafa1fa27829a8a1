/** How long it takes from one scheduled checkpoint to the next: so many updates, or an epoch. */
export type SaveInterval = number | 'epoch';

/** When it is time to save. What is due stays due until it is done. */
export class CheckpointSchedule {
  isDue = false;
  readonly #every: SaveInterval | undefined;

  /** @param every @default never */
  constructor(every: SaveInterval | undefined) {
    this.#every = every;
  }

  updated(step: number): void {
    if (typeof this.#every === 'number' && step % this.#every === 0) this.isDue = true;
  }

  epochClosed(): void {
    if (this.#every === 'epoch') this.isDue = true;
  }

  saved(): void {
    this.isDue = false;
  }
}
