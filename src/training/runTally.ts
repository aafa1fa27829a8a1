import type { EpochEvent, EventPosition, MillraceEvent } from '../events/schema.js';

/** What is known of a run by its events: where it is, what was trained, and whether it was ended before its time. */
export class RunTally {
  /** Images trained so far. */
  images = 0;
  /** A command has ended it before its time. */
  stopped = false;
  lastEpoch: EpochEvent | undefined;
  readonly #epochs: number;
  #position: EventPosition;
  #lossStep: number;

  /** @param epochs planned ones */
  constructor(position: EventPosition, epochs: number) {
    this.#position = position;
    this.#lossStep = position.step;
    this.#epochs = epochs;
  }

  /** Of the newest event. */
  get position(): EventPosition {
    return this.#position;
  }

  add(event: MillraceEvent): void {
    this.#position = { epoch: event.epoch, step: event.step };
    if (event.type === 'epoch') this.lastEpoch = event;
    else if (event.type === 'loss') {
      // There may be updates that no loss is told of.
      this.images += event.items * Math.max(0, event.step - this.#lossStep);
      this.#lossStep = event.step;
    } else if (event.type === 'command') {
      const { action, value = this.#epochs } = event;
      if (action === 'stop' || action === 'abandon') this.stopped = true;
      else if (action === 'epochs') this.stopped = value < this.#epochs;
    }
  }
}
