// Demand, cancellation and ownership of one running pipeline: what RxJS lacks. A source pulls only while fewer than
// `highWaterMark` items are held downstream; unsubscribing aborts the signal and closes what is owned, at once.
import { Observable } from 'rxjs';
import { OptionError } from '../errors.js';

/** Something with an end: a file, a worker, an opened source. `close` may be called more than once. */
export interface Resource {
  close(): void | Promise<void>;
}

/** The demand, the cancellation and the resources of one subscription. */
export interface Flow {
  /** This signal aborts on complete, error and unsubscribe. */
  readonly signal: AbortSignal;
  /** Number of items that may be held downstream of a source. */
  readonly highWaterMark: number;
  /** Items held downstream now. */
  readonly inFlight: number;
  /** Resolves when the pipeline has ended and every owned resource is released. */
  readonly closed: Promise<void>;
  /** True while a stage delivers an item for which it has acquired a place. */
  readonly emitting: boolean;
  /** `undefined` when a source may pull now, otherwise a promise to wait for, which also resolves on abort. */
  ready(): Promise<void> | undefined;
  /** Acquires a place for one held item; the returned function releases it (once, however often it is called). */
  acquire(): () => void;
  /** Runs `deliver`, which may emit outside of a call from upstream because its items have places in the flow. */
  emit(deliver: () => void): void;
  /** Closes the resource when the pipeline ends; the returned function closes it earlier. */
  own(resource: Resource): () => void;
}

export interface FlowOptions {
  /** Items (in the standard pipeline: batches) that may be held downstream of a source. @default 4 */
  readonly highWaterMark?: number;
}

/**
 * Builds a pipeline for each subscription, with a flow of its own: `retry`, `repeat` and two subscribers all start clean.
 * @throws OptionError when `highWaterMark` is not a whole number of at least 1
 */
export function withFlow<R>({ highWaterMark = 4 }: FlowOptions, build: (flow: Flow) => Observable<R>): Observable<R> {
  if (!Number.isSafeInteger(highWaterMark) || highWaterMark < 1)
    throw new OptionError('highWaterMark', highWaterMark, 'a whole number, 1 or more');
  return new Observable((subscriber) => {
    const flow = new SubscriptionFlow(highWaterMark);
    subscriber.add(() => flow.close());
    subscriber.add(build(flow).subscribe(subscriber));
  });
}

class SubscriptionFlow implements Flow {
  readonly highWaterMark: number;
  readonly closed: Promise<void>;
  inFlight = 0;
  readonly #abort = new AbortController();
  readonly #owned = new Set<Resource>();
  readonly #closing = new Set<Promise<void>>();
  #waiting: (() => void)[] = [];
  #emitDepth = 0;
  #resolveClosed!: () => void;

  constructor(highWaterMark: number) {
    this.highWaterMark = highWaterMark;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get emitting(): boolean {
    return this.#emitDepth > 0;
  }

  ready(): Promise<void> | undefined {
    if (this.signal.aborted || this.inFlight < this.highWaterMark) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  acquire(): () => void {
    let held = true;
    this.inFlight += 1;
    return () => {
      if (!held) return;
      held = false;
      this.inFlight -= 1;
      if (this.inFlight < this.highWaterMark) this.#wake();
    };
  }

  emit(deliver: () => void): void {
    this.#emitDepth += 1;
    try {
      deliver();
    } finally {
      this.#emitDepth -= 1;
    }
  }

  own(resource: Resource): () => void {
    this.#owned.add(resource);
    const release = (): void => {
      if (this.#owned.delete(resource)) this.#release(resource);
    };
    if (this.signal.aborted) release();
    return release;
  }

  close(): void {
    this.#abort.abort();
    this.#wake();
    for (const resource of this.#owned) this.#release(resource);
    this.#owned.clear();
    void this.#settle();
  }

  #release(resource: Resource): void {
    // `async` turns a synchronous throw into a rejection; `close` itself starts at once.
    const start = async (): Promise<void> => resource.close();
    // What fails to close has no one left to tell: the pipeline has already ended, or gone on without it.
    const closing = start()
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  async #settle(): Promise<void> {
    while (this.#closing.size > 0) await Promise.all(this.#closing);
    this.#resolveClosed();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
