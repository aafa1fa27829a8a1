import { OptionError } from '../../errors.js';
import { encodeEvent } from '../../events/ndjson.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { Stage } from '../stage.js';
import type { EventSink } from './eventSink.js';
import type { Sink } from './sink.js';
import { writing } from './writing.js';

/**
 * Writes every event to all sinks, then passes it on. Lossless and inside the bound: while a sink cannot take more, events
 * are held and the source is not pulled. Order is kept; completes when the last event is written.
 *
 * The sinks stay open: the caller closes them (`toSink` closes its own). Errors with what a sink fails with.
 *
 * @throws OptionError where one of them is no sink
 *
 * @example
 * const path = `${place}/events.ndjson`;
 * const file = await fileSink(path);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine), deliver(file)));
 * await file.close();
 * console.log(readFileSync(path, 'utf8').startsWith('{"type":')); // true
 */
export function deliver<Event extends AnyEvent = MillraceEvent>(
  ...sinks: readonly (Sink | EventSink<NoInfer<Event>>)[]
): Stage<Event, Event> {
  sinks.forEach(requireSink);
  return writing('deliver', () => ({ write: (event) => writeToAll(sinks, event) }));
}

/** @throws OptionError */
export function requireSink(sink: unknown): void {
  const { write, close } = Object(sink) as Partial<Sink>;
  if (typeof write !== 'function' || typeof close !== 'function')
    throw new OptionError('sink', sink, 'an object with write and close', 'eventSink makes one of a function.');
}

/** A promise while one of them can take no more. */
export function writeToAll<Event extends AnyEvent>(
  sinks: readonly (Sink | EventSink<NoInfer<Event>>)[],
  event: Event,
): Promise<unknown> | undefined {
  // Encoded once, for all who take lines.
  const line = sinks.every((sink) => 'takes' in sink) ? '' : encodeEvent(event);
  const pending: Promise<void>[] = [];
  for (const sink of sinks) {
    const written = 'takes' in sink ? sink.write(event) : sink.write(line, 1);
    if (written !== undefined) pending.push(written);
  }
  return pending.length === 0 ? undefined : Promise.all(pending);
}
