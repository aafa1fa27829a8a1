import { isEvent } from '../../events/ndjson.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { EventSink } from '../../streams/sinks/eventSink.js';

/** Events that are read in pieces, to sinks that are waited for before the next piece is read. */
export class EventOutlet {
  readonly #sinks: readonly EventSink[];
  readonly #all: readonly EventSink[];
  #pending: MillraceEvent[] = [];

  /**
   * @param sinks none of which fails
   * @param keptOpen gets the events too, and is not closed here
   */
  constructor(sinks: readonly EventSink[], keptOpen?: EventSink) {
    this.#sinks = sinks;
    this.#all = keptOpen === undefined ? sinks : [...sinks, keptOpen];
  }

  /** What a piece holds. */
  push(events: readonly AnyEvent[]): void {
    if (this.#all.length > 0) for (const event of events) if (isEvent(event)) this.#pending.push(event);
  }

  /** Resolves when the sinks have taken all of it. */
  async drain(): Promise<void> {
    const events = this.#pending;
    this.#pending = [];
    for (const event of events)
      for (const sink of this.#all) {
        const written = sink.write(event);
        if (written !== undefined) await written;
      }
  }

  async close(): Promise<void> {
    await this.drain();
    for (const sink of this.#sinks) await sink.close();
  }
}
