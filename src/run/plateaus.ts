import type { RunState } from '../model/checkpointState.js';
import { SCHEDULE_DEFAULTS } from '../training/schedules/schedules.js';

/** By how much a loss has to be lower, as a share of the lowest: as PyTorch's ReduceLROnPlateau has it. */
const LEAST_CHANGE = 1e-4;

/** Counts the times that the loss of the epochs has stopped falling. */
export class Plateaus {
  readonly #patience: number;
  #lowest: number | undefined;
  #waited: number;
  #count: number;

  /** @param patience epochs without a lower loss that are waited for */
  constructor(
    patience: number = SCHEDULE_DEFAULTS.epochs,
    { lowest, waited, count }: NonNullable<RunState['plateaus']> = { waited: 0, count: 0 },
  ) {
    this.#patience = patience;
    this.#lowest = lowest;
    this.#waited = waited;
    this.#count = count;
  }

  get count(): number {
    return this.#count;
  }

  /** All that it has to remember. */
  get state(): NonNullable<RunState['plateaus']> {
    return { ...(this.#lowest !== undefined && { lowest: this.#lowest }), waited: this.#waited, count: this.#count };
  }

  add(loss: number): void {
    if (this.#lowest === undefined || loss < this.#lowest * (1 - LEAST_CHANGE)) {
      this.#lowest = loss;
      this.#waited = 0;
      return;
    }
    this.#waited += 1;
    if (this.#waited <= this.#patience) return;
    this.#count += 1;
    this.#waited = 0;
  }
}
