import { Observable, type Subscriber } from 'rxjs';
import type { Flow } from '../flow.js';
import { requireFlow } from '../requireFlow.js';
import type { Stage } from '../stage.js';

/** Where items are written, for one subscription. */
export interface Destination<T> {
  /** Returns a promise while no more can be taken. */
  write(item: T): PromiseLike<unknown> | undefined;
  /** All items are written and the source is over: what is left to do. @default nothing */
  end?(): Promise<void>;
}

/**
 * A stage that writes every item, then passes it on. Lossless and inside the bound: while the destination cannot take more,
 * items are held and the source is not pulled. Order is kept; completes when the last item is written and the destination has ended.
 *
 * @param open gives the destination; it leaves to the flow what is to be closed however the pipeline ends, and calls `fail` when it
 * fails between two writes
 */
export function writing<T>(
  name: string,
  open: (flow: Flow, fail: (error: unknown) => void) => Destination<T>,
): Stage<T, T> {
  const stage: Stage<T, T> = (source, given) => {
    const flow = requireFlow(given, name);
    return new Observable((subscriber) => {
      const destination = open(flow, (error) => subscriber.error(error));
      const queue = new WriteQueue(destination, flow, subscriber);
      subscriber.add(() => queue.clear());
      subscriber.add(
        source.subscribe({
          next: (item) => queue.push(item),
          error: (error: unknown) => queue.end({ error }),
          complete: () => queue.end(),
        }),
      );
    });
  };
  return Object.defineProperty(stage, 'name', { value: name });
}

class WriteQueue<T> {
  readonly #destination: Destination<T>;
  readonly #flow: Flow;
  readonly #subscriber: Subscriber<T>;
  #held: { readonly item: T; readonly release: () => void }[] = [];
  #writing = false;
  #end: { readonly error?: unknown } | undefined;

  constructor(destination: Destination<T>, flow: Flow, subscriber: Subscriber<T>) {
    this.#destination = destination;
    this.#flow = flow;
    this.#subscriber = subscriber;
  }

  push(item: T): void {
    if (this.#writing) {
      this.#held.push({ item, release: this.#flow.acquire() });
      return;
    }
    const written = this.#write(item);
    if (written === undefined) this.#subscriber.next(item);
    else void this.#wait(item, written, this.#flow.acquire());
  }

  /** The source is over, well or with an error: what is held is still written before that is passed on. */
  end(end: { readonly error?: unknown } = {}): void {
    this.#end = end;
    if (!this.#writing) this.#passEnd(end);
  }

  #passEnd(end: { readonly error?: unknown }): void {
    if ('error' in end) this.#subscriber.error(end.error);
    else if (this.#destination.end === undefined) this.#subscriber.complete();
    else
      this.#destination.end().then(
        () => this.#subscriber.complete(),
        (error: unknown) => this.#subscriber.error(error),
      );
  }

  clear(): void {
    for (const { release } of this.#held) release();
    this.#held = [];
  }

  #write(item: T): PromiseLike<unknown> | undefined {
    try {
      return this.#destination.write(item);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #wait(item: T, written: PromiseLike<unknown>, release: () => void): Promise<void> {
    this.#writing = true;
    try {
      await written;
      this.#flow.emit(() => this.#subscriber.next(item));
      release();
      for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
        await this.#write(next.item);
        const { item: held } = next;
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
