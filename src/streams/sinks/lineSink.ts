import { EventReader, isEvent } from '../../events/ndjson.js';
import type { EventSink } from './eventSink.js';
import type { Sink } from './sink.js';

/** A sink of lines of either kind, for those who have lines alone, such as a run in another thread. */
export function lineSink(sink: Sink | EventSink): Sink {
  if (!('takes' in sink)) return sink;
  const reader = new EventReader();
  return {
    async write(lines) {
      for (const read of reader.push(lines)) if (isEvent(read)) await sink.write(read);
    },
    close: async () => sink.close(),
  };
}
