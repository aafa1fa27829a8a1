import { Observable } from 'rxjs';
import { OptionError } from '../errors.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import { continuable } from './continuable.js';
import type { Flow, FlowOptions, Resource } from './flow.js';

const OPTIONS: OptionNames<FlowOptions> = { highWaterMark: true };

/** Enough to read ahead while a batch is trained. */
const DEFAULT_HIGH_WATER_MARK = 4;

/**
 * Builds a pipeline for each subscription, with a flow of its own: `retry`, `repeat` and two subscribers all start clean.
 * @throws OptionError when `highWaterMark` is not a whole number of at least 1
 *
 * @example
 * const doubled = withFlow({ highWaterMark: 2 }, (flow) =>
 *   mapAsync(async (value) => value * 2)(fromSource(fromIterable([1, 2]), flow), flow),
 * );
 * console.log(await lastValueFrom(doubled)); // 4
 */
export function withFlow<R>(options: FlowOptions, build: (flow: Flow) => Observable<R>): Observable<R> {
  requireFlowOptions(options);
  const { highWaterMark } = options;
  const observable = new Observable<R>((subscriber) => {
    const flow = new SubscriptionFlow(highWaterMark);
    subscriber.add(() => flow.close());
    subscriber.add(build(flow).subscribe(subscriber));
  });
  return continuable(observable, (stage) => withFlow(options, (flow) => stage(build(flow), flow)));
}

/** @throws OptionError */
export function requireFlowOptions(options: FlowOptions): void {
  requireKnownOptions(options, OPTIONS);
  const { highWaterMark } = options;
  if (highWaterMark === undefined || (Number.isSafeInteger(highWaterMark) && highWaterMark >= 1)) return;
  throw new OptionError('highWaterMark', highWaterMark, 'a whole number, 1 or more');
}

class SubscriptionFlow implements Flow {
  readonly closed: Promise<void>;
  inFlight = 0;
  readonly #given: number | undefined;
  #reserved = 0;
  readonly #abort = new AbortController();
  readonly #owned = new Set<Resource>();
  readonly #closing = new Set<Promise<void>>();
  #waiting: (() => void)[] = [];
  #emitDepth = 0;
  #resolveClosed!: () => void;

  constructor(given: number | undefined) {
    this.#given = given;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  get highWaterMark(): number {
    return this.#given ?? Math.max(DEFAULT_HIGH_WATER_MARK, this.#reserved);
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

  reserve(concurrency: number): () => void {
    if (this.#given !== undefined && concurrency > this.#given) {
      const advice =
        'Give boundedPipeline a higher highWaterMark, or take pipeline, whose bound is as high as its stages need.';
      throw new OptionError('concurrency', concurrency, `${this.#given} at most, the pipeline's highWaterMark`, advice);
    }
    let reserved = true;
    this.#reserved += concurrency;
    this.#wake();
    return () => {
      if (reserved) this.#reserved -= concurrency;
      reserved = false;
    };
  }

  drops(): () => void {
    // Those who want to know put something in between.
    return () => undefined;
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
