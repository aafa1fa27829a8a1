import { EpochMeter, type EpochSums } from './epochMeter.js';

/** Where a training stands between two updates: with the engine and the data, all that another one needs to go on from there. */
export interface TrainingPositionState extends EpochSums {
  /** The epoch of the last update, from 1. */
  readonly epoch: number;
  /** Index of the batch after that update. */
  readonly index: number;
  /** All that belongs to the end of that epoch has been reported. */
  readonly closed: boolean;
}

/** Where a training is: the training keeps this up, and the caller may read it between two updates. *
 * @example
 * const position = new TrainingPosition();
 * await lastValueFrom(pipeline(digits.train.batches({ epochs: 2 }), train(engine, { position })));
 * console.log(position.state.epoch, position.state.items); // 2 40
 */
export class TrainingPosition {
  /** True where the training begins somewhere else than at the beginning. */
  resumed = false;
  /** The last epoch whose end has been reported. */
  closedEpoch = 0;
  #index = 0;
  #meter: EpochMeter | undefined;
  #start: TrainingPositionState = { epoch: 1, index: 0, closed: false, lossSum: 0, items: 0, durationMs: 0 };

  /** Makes the next training begin at this position. */
  goTo(start: TrainingPositionState): void {
    this.resumed = true;
    this.closedEpoch = start.closed ? start.epoch : start.epoch - 1;
    this.#index = start.index;
    this.#meter = undefined;
    this.#start = start;
  }

  /** The meter of the epoch that is under way; nothing before `begin`. */
  get meter(): EpochMeter | undefined {
    return this.#meter;
  }

  get state(): TrainingPositionState {
    if (this.#meter === undefined) return this.#start;
    const { epoch, sums } = this.#meter;
    return { ...sums, epoch, index: this.#index, closed: this.closedEpoch >= epoch };
  }

  /** Goes on with the epoch that the training was in. @param firstEpoch the epoch to begin with otherwise */
  begin(firstEpoch: number, now: () => number): EpochMeter {
    this.#meter = this.resumed ? new EpochMeter(this.#start.epoch, now, this.#start) : new EpochMeter(firstEpoch, now);
    return this.#meter;
  }

  enter(epoch: number, now: () => number): EpochMeter {
    this.#meter = new EpochMeter(epoch, now);
    this.#index = 0;
    return this.#meter;
  }

  /** Counts an update that has been done. */
  count(index: number, loss: number, items: number): void {
    this.#meter?.add(loss, items);
    this.#index = index + 1;
  }
}
