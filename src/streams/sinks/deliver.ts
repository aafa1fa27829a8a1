import { Observable, type Subscriber } from 'rxjs';
import { encodeEvent } from '../../events/ndjson.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { Flow } from '../flow.js';
import type { Stage } from '../pipeline.js';
import type { Sink } from './sink.js';

/**
 * Writes every event to all sinks, then passes it on. Lossless and inside the bound: while a sink cannot take more, events
 * are held and the source is not pulled. Order is kept; completes when the last event is written.
 *
 * The sinks stay open: the caller closes them. Errors with what a sink fails with.
 */
export function deliver<Event extends AnyEvent = MillraceEvent>(...sinks: readonly Sink[]): Stage<Event, Event> {
  return function deliver(source, flow) {
    return new Observable((subscriber) => {
      const queue = new DeliveryQueue(sinks, flow, subscriber);
      subscriber.add(() => queue.clear());
      subscriber.add(
        source.subscribe({
          next: (event) => queue.push(event),
          error: (error: unknown) => queue.end({ error }),
          complete: () => queue.end(),
        }),
      );
    });
  };
}

class DeliveryQueue<Event extends AnyEvent> {
  readonly #sinks: readonly Sink[];
  readonly #flow: Flow;
  readonly #subscriber: Subscriber<Event>;
  #held: { readonly event: Event; readonly release: () => void }[] = [];
  #writing = false;
  #end: { readonly error?: unknown } | undefined;

  constructor(sinks: readonly Sink[], flow: Flow, subscriber: Subscriber<Event>) {
    this.#sinks = sinks;
    this.#flow = flow;
    this.#subscriber = subscriber;
  }

  push(event: Event): void {
    if (this.#writing) {
      this.#held.push({ event, release: this.#flow.acquire() });
      return;
    }
    const written = this.#write(event);
    if (written === undefined) this.#subscriber.next(event);
    else void this.#wait(event, written, this.#flow.acquire());
  }

  /** The source is over, well or with an error: what is held is still written before that is passed on. */
  end(end: { readonly error?: unknown } = {}): void {
    this.#end = end;
    if (!this.#writing) this.#passEnd(end);
  }

  #passEnd(end: { readonly error?: unknown }): void {
    if ('error' in end) this.#subscriber.error(end.error);
    else this.#subscriber.complete();
  }

  clear(): void {
    for (const { release } of this.#held) release();
    this.#held = [];
  }

  #write(event: Event): Promise<unknown> | undefined {
    const line = encodeEvent(event);
    const pending: Promise<void>[] = [];
    try {
      for (const sink of this.#sinks) {
        const written = sink.write(line, 1);
        if (written !== undefined) pending.push(written);
      }
    } catch (error) {
      return Promise.reject(error);
    }
    return pending.length === 0 ? undefined : Promise.all(pending);
  }

  async #wait(event: Event, written: Promise<unknown>, release: () => void): Promise<void> {
    this.#writing = true;
    try {
      await written;
      this.#flow.emit(() => this.#subscriber.next(event));
      release();
      for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
        await this.#write(next.event);
        const { event: held } = next;
        this.#flow.emit(() => this.#subscriber.next(held));
        next.release();
      }
    } catch (error) {
      this.#subscriber.error(error);
    } finally {
      release();
      this.#writing = false;
    }
    if (this.#end) this.#passEnd(this.#end);
  }
}
