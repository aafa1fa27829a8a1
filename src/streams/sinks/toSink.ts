import type { MillraceEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { Stage } from '../stage.js';
import { requireSink, writeToAll } from './deliver.js';
import type { EventSink } from './eventSink.js';
import type { Sink } from './sink.js';
import { writing } from './writing.js';

/**
 * The end of a pipeline of events: as `deliver`, but the sink belongs to the stage. It is closed however the pipeline ends, and the
 * pipeline completes when it is.
 *
 * @throws OptionError where it is no sink. Errors with what the sink fails with, in writing or closing
 *
 * @example
 * const path = `${place}/training.ndjson`;
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine), toSink(await fileSink(path))));
 * console.log(readFileSync(path, 'utf8').endsWith('}\n')); // true
 */
export function toSink<Event extends AnyEvent = MillraceEvent>(
  sink: Sink | EventSink<NoInfer<Event>>,
): Stage<Event, Event> {
  requireSink(sink);
  return writing('toSink', (flow) => {
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= (async () => sink.close())();
      return closing;
    };
    flow.own({ close });
    return { write: (event) => writeToAll([sink], event), end: close };
  });
}
