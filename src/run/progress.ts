import type { CommandEvent, EpochEvent, EventPosition, MillraceEvent } from '../streams/events.js';

/** What a run has to know of its own events: where it stands, and how its epochs went. */
export class RunProgress {
  /** Images trained so far. */
  images = 0;
  /** The last finished epoch. */
  lastEpoch: EpochEvent | undefined;
  /** True while the last finished epoch is the best so far. */
  best = true;
  /** A command has ended the run before its time. */
  stopped = false;
  #position: EventPosition = { epoch: 1, step: 0 };
  #plannedEpochs = Number.POSITIVE_INFINITY;
  #lowest = Number.POSITIVE_INFINITY;

  get position(): EventPosition {
    return this.#position;
  }

  add(event: MillraceEvent): void {
    this.#position = { epoch: event.epoch, step: event.step };
    if (event.type === 'run') this.#plannedEpochs = event.epochs;
    else if (event.type === 'command') this.#addCommand(event);
    else if (event.type === 'epoch') this.#addEpoch(event);
  }

  #addCommand({ action, value = Number.NaN }: CommandEvent): void {
    if (action === 'stop' || action === 'abandon') this.stopped = true;
    else if (action === 'epochs') this.stopped = value < this.#plannedEpochs;
  }

  #addEpoch(event: EpochEvent): void {
    const loss = event.testLoss ?? event.trainLoss;
    this.lastEpoch = event;
    this.best = loss <= this.#lowest;
    this.#lowest = Math.min(this.#lowest, loss);
  }
}
