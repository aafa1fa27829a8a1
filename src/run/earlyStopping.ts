import type { EpochEvent } from '../events/schema.js';
import type { RunState } from '../model/checkpointState.js';
import type { RunConfig } from './config.js';

export type EarlyStoppingOptions = Pick<RunConfig, 'patience' | 'minChange' | 'warmUp'>;

/** Looks for an end of improvement: of the test loss, without test data of the training loss. */
export class EarlyStopping {
  readonly #options: EarlyStoppingOptions;
  #lowest: number | undefined;
  #waited: number;

  constructor(options: EarlyStoppingOptions, { lowest, waited }: RunState['patience'] = { waited: 0 }) {
    this.#options = options;
    this.#lowest = lowest;
    this.#waited = waited;
  }

  /** All that it has to remember. */
  get state(): RunState['patience'] {
    return { ...(this.#lowest !== undefined && { lowest: this.#lowest }), waited: this.#waited };
  }

  /** Why the run should end here, as a phrase; nothing where it should go on. */
  get reason(): string | undefined {
    const { patience = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#waited < patience) return undefined;
    const epochs = this.#waited === 1 ? 'an epoch' : `${this.#waited} epochs`;
    return `no lower loss than ${(this.#lowest ?? Number.NaN).toPrecision(4)} in ${epochs}`;
  }

  add({ epoch, trainLoss, testLoss }: Pick<EpochEvent, 'epoch' | 'trainLoss' | 'testLoss'>): void {
    const { minChange, warmUp } = this.#options;
    if (epoch <= warmUp) return;
    const loss = testLoss ?? trainLoss;
    if (this.#lowest === undefined || loss < this.#lowest - minChange) {
      this.#lowest = loss;
      this.#waited = 0;
    } else this.#waited += 1;
  }
}
