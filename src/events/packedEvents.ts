// Events on their way to the view, in the same process: the loss of every step as five numbers, all others as they are.
// As lines, parsed and checked, a loss took 3 µs of the reader's time, 5 while the code was cold; packed it takes 0.3. There are 3,000
// a second, and the training has threads on every core.
import { EVENT_TYPES } from './eventTypes.js';
import type { LossEvent, MillraceEvent } from './schema.js';
import type { AnyEvent, UnknownEvent } from './unknownEvent.js';

/** As much of a loss as is shown. */
export type LossPoint = Pick<LossEvent, 'type' | 'epoch' | 'step' | 'elapsedMs' | 'loss' | 'learningRate'>;

/** What a view is given of the types that it knows: every event of these is one. */
export type KnownViewEvent = LossPoint | Exclude<MillraceEvent, LossEvent>;

/** What a view is given: every event is one. */
export type ViewEvent = KnownViewEvent | UnknownEvent;

/** Whether an event is of a type that views know. */
export function isKnown(event: ViewEvent): event is KnownViewEvent {
  return EVENT_TYPES.has(event.type);
}

/** Events in their order, in a form that is cheap to post. */
export interface PackedEvents {
  /** {@link NUMBERS} for each loss: epoch, step, elapsedMs, loss, learningRate. */
  readonly losses: Float64Array;
  readonly others: readonly PlacedEvent[];
}

interface PlacedEvent {
  /** How many of the losses come before it. */
  readonly place: number;
  readonly event: Exclude<AnyEvent, LossEvent>;
}

const NUMBERS = 5;

/** Gathers events until they are taken. */
export class EventPacker {
  #losses: number[] = [];
  #others: PlacedEvent[] = [];

  get isEmpty(): boolean {
    return this.#losses.length === 0 && this.#others.length === 0;
  }

  add(event: AnyEvent): void {
    if (isLoss(event)) this.#losses.push(event.epoch, event.step, event.elapsedMs, event.loss, event.learningRate);
    else this.#others.push({ place: this.#losses.length / NUMBERS, event });
  }

  /** All since the last call. */
  take(): PackedEvents {
    const packed = { losses: Float64Array.from(this.#losses), others: this.#others };
    this.#losses = [];
    this.#others = [];
    return packed;
  }
}

function isLoss(event: AnyEvent): event is LossEvent {
  return event.type === 'loss';
}

export function unpackEvents({ losses, others }: PackedEvents): ViewEvent[] {
  const events: ViewEvent[] = [];
  let place = 0;
  const unpackLosses = (end: number): void => {
    for (; place < end; place++) events.push(lossAt(losses, place * NUMBERS));
  };
  for (const other of others) {
    unpackLosses(other.place);
    events.push(other.event);
  }
  unpackLosses(losses.length / NUMBERS);
  return events;
}

function lossAt(losses: Float64Array, at: number): LossPoint {
  return {
    type: 'loss',
    epoch: losses[at]!,
    step: losses[at + 1]!,
    elapsedMs: losses[at + 2]!,
    loss: losses[at + 3]!,
    learningRate: losses[at + 4]!,
  };
}
