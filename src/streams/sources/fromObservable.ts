import { type Observable, Subscriber, Subscription } from 'rxjs';
import type { Source, SourceReader } from '../../data/source.js';
import { OptionError, OverflowError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { didYouMean } from '../../text/didYouMean.js';
import { type StageStats, sizeOf } from '../stageStats.js';

export interface FromObservableOptions {
  /** What happens to an item that comes while as many as `capacity` wait: the pipeline errors, or an item is lost, the oldest that waits or the new one. */
  readonly overflow: 'error' | 'dropOldest' | 'dropNewest';
  /** Items that may wait for the pipeline. With 1 and `dropOldest` the pipeline works on the latest. */
  readonly capacity: number;
  /** Counts what comes, and what is dropped, for `stats` events: give it to `withRunEvents`. @default nothing is counted */
  readonly stats?: StageStats;
}

const OVERFLOWS: readonly string[] = ['error', 'dropOldest', 'dropNewest'];

const OPTIONS: OptionNames<FromObservableOptions> = { overflow: true, capacity: true, stats: true };

/**
 * A source from an Observable that pushes: a Subject, `fromEvent`, a WebSocket, `interval`. Up to `capacity` items wait for
 * room in the pipeline; what happens to more is stated.
 *
 * The Observable is subscribed to when the pipeline opens the source, and unsubscribed from when it ends. Its completion and its error come after the
 * items that wait. `SourceReader.dropped` counts what was lost.
 *
 * @throws OptionError when `overflow` or `capacity` is missing or wrong. With `overflow: 'error'` the pipeline errors with an OverflowError
 *
 * @example
 * const keys = new Subject();
 * const latest = fromObservable(keys, { overflow: 'dropOldest', capacity: 1 });
 * const work = lastValueFrom(pipeline(latest, mapAsync(async (key) => key), toArray()));
 * for (const key of ['a', 'b', 'c']) keys.next(key);
 * keys.complete();
 * console.log(await work); // [ 'c' ]
 */
export function fromObservable<T>(observable: Observable<T>, options: FromObservableOptions): Source<T> {
  if (typeof (observable as Partial<Observable<T>> | undefined)?.subscribe !== 'function')
    throw new OptionError(
      'observable',
      observable,
      'an Observable',
      'Anything that can be iterated is a source as it is.',
    );
  requireKnownOptions(options, OPTIONS);
  const { overflow, capacity } = options;
  if (!OVERFLOWS.includes(overflow)) {
    const advice = 'Say what happens when more comes than there is room for.';
    throw new OptionError('overflow', overflow, OVERFLOWS.join(', '), didYouMean(overflow, OVERFLOWS, advice));
  }
  if (!(Number.isSafeInteger(capacity) && capacity >= 1))
    throw new OptionError('capacity', capacity, 'a whole number, 1 or more', 'Say how many items may wait.');
  return { open: () => new PushReader(observable, options) };
}

class PushReader<T> implements SourceReader<T> {
  dropped = 0;
  readonly #options: FromObservableOptions;
  readonly #count: ((items: number) => void) | undefined;
  readonly #subscription = new Subscription();
  readonly #items: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #pull: { resolve(result: IteratorResult<T, void>): void; reject(error: unknown): void } | undefined;

  constructor(observable: Observable<T>, options: FromObservableOptions) {
    this.#options = options;
    const { stats } = options;
    this.#count = stats?.drops();
    if (stats !== undefined) this.#subscription.add(stats.begin('subscription'));
    const subscriber = new Subscriber<T>({
      next: (item) => (stats === undefined ? this.#push(item) : stats.receive(item, () => this.#push(item))),
      error: (error: unknown) => this.#finish({ error }),
      complete: () => this.#finish({}),
    });
    // Known before it is subscribed to: one that overflows at once is left at once.
    this.#subscription.add(subscriber);
    observable.subscribe(subscriber);
  }

  next(): IteratorResult<T, void> | Promise<IteratorResult<T, void>> {
    if (this.#items.length > 0) return { done: false, value: this.#items.shift()! };
    if (this.#end === undefined)
      return new Promise((resolve, reject) => {
        this.#pull = { resolve, reject };
      });
    if ('error' in this.#end) throw this.#end.error;
    return { done: true, value: undefined };
  }

  close(): void {
    this.#items.length = 0;
    this.#finish({});
  }

  #push(item: T): void {
    const { overflow, capacity } = this.#options;
    const pull = this.#pull;
    if (pull !== undefined) {
      this.#pull = undefined;
      pull.resolve({ done: false, value: item });
    } else if (this.#items.length < capacity) this.#items.push(item);
    else if (overflow === 'error') this.#finish({ error: new OverflowError(capacity) });
    else if (overflow === 'dropNewest') this.#drop(item);
    else {
      this.#items.push(item);
      this.#drop(this.#items.shift());
    }
  }

  #drop(item: T | undefined): void {
    this.dropped += 1;
    this.#count?.(sizeOf(item).items);
  }

  #finish(end: { readonly error?: unknown }): void {
    if (this.#end === undefined) {
      this.#end = end;
      if ('error' in end) this.#pull?.reject(end.error);
      else this.#pull?.resolve({ done: true, value: undefined });
      this.#pull = undefined;
    }
    this.#subscription.unsubscribe();
  }
}
