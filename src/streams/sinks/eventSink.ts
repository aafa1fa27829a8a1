import { OptionError } from '../../errors.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';

/** A place for events as they are: a `Sink` that gets objects instead of lines. */
export interface EventSink<Event extends AnyEvent = MillraceEvent> {
  /** Tells it from a `Sink`. */
  readonly takes: 'events';
  /** Returns a promise while it cannot take more: the training waits. What it throws, or rejects with, ends the run. */
  write(event: Event): void | Promise<void>;
  /** All events are written. */
  close(): void | Promise<void>;
}

/**
 * A place for events made of a function: give it to `run(config, { sinks })`, `deliver` or `toSink`.
 *
 * @param write gets each event; a promise that it returns is waited for
 * @param close is called when the sink is closed
 * @throws OptionError when one of them is no function
 *
 * @example
 * const steps = [];
 * const sink = eventSink((event) => void steps.push(event.step));
 * const events = pipeline(digits.train.batches(), train(engine), toSink(sink), filter((event) => event.type === 'epoch'));
 * const last = await lastValueFrom(events);
 * console.log(steps.includes(last.step)); // true
 */
export function eventSink<Event extends AnyEvent = MillraceEvent>(
  write: (event: Event) => void | Promise<void>,
  close: () => void | Promise<void> = () => undefined,
): EventSink<Event> {
  if (typeof write !== 'function') throw new OptionError('write', write, 'a function of an event');
  if (typeof close !== 'function') throw new OptionError('close', close, 'a function');
  return { takes: 'events', write, close };
}
