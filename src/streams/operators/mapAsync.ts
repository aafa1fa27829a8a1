import { Observable } from 'rxjs';
import { OptionError, WorkError } from '../../errors.js';
import { type OptionNames, requireKnownOptions, wrongChoice } from '../../options.js';
import { requireFlow } from '../requireFlow.js';
import type { Stage } from '../stage.js';
import { attempt, type Retry, requireRetry } from './attempt.js';

/** What is done with one item. `signal` aborts when the stage ends. */
export type Work<T, R> = (value: T, signal: AbortSignal) => Promise<R>;

export interface MapAsyncOptions {
  /**
   * Items worked on at the same time. The default bound of a pipeline grows with it; above one that was given the pipeline errors
   * with an OptionError.
   * @default 1
   */
  readonly concurrency?: number;
  /** Whether results come out in the order of their items; otherwise each as it is ready, so that a slow one holds up no other. @default true */
  readonly ordered?: boolean;
  /**
   * What happens when the work on an item fails, all retries included. `stop` ends the pipeline with that error, `skip` leaves the item out (it counts as
   * dropped in `stats`), `emit` gives a {@link WorkError} in the place of the result.
   * @default 'stop'
   */
  readonly onError?: 'stop' | 'skip' | 'emit';
  /** How often work that fails is tried again, and after which time. Meanwhile the item keeps its place. @default 0 */
  readonly retry?: Retry;
}

const MAP_ASYNC_OPTIONS: OptionNames<MapAsyncOptions> = {
  concurrency: true,
  ordered: true,
  onError: true,
  retry: true,
};

interface Held<T, R> {
  readonly value: T;
  readonly release: () => void;
  result?: { readonly value: R | WorkError<T> } | 'skipped';
}

/**
 * Asynchronous work on every item, inside the bound: an item holds its place in the flow until its result is delivered.
 *
 * Results come out in the order of their items, unless `ordered` is false. The first error, of the source or (by default) of the work,
 * ends the stage at once. `signal` aborts when the stage ends: complete, error or unsubscribe; nothing is emitted after.
 *
 * @param work gets the item and a signal to give up on
 * @throws OptionError when an option is out of range
 *
 * @example
 * const lengths = pipeline(
 *   ['one', 'three', 'no'],
 *   mapAsync(
 *     async (word) => {
 *       if (word === 'no') throw new Error('refused');
 *       return word.length;
 *     },
 *     { concurrency: 8, ordered: false, onError: 'skip', retry: { count: 2, delayMs: 1 } },
 *   ),
 *   toArray(),
 * );
 * console.log(await lastValueFrom(lengths)); // [ 3, 5 ]
 */
export function mapAsync<T, R>(
  work: Work<T, R>,
  options: MapAsyncOptions & { readonly onError: 'emit' },
): Stage<T, R | WorkError<T>>;
export function mapAsync<T, R>(work: Work<T, R>, options?: MapAsyncOptions): Stage<T, R>;
export function mapAsync<T, R>(work: Work<T, R>, options: MapAsyncOptions = {}): Stage<T, R | WorkError<T>> {
  requireKnownOptions(options, MAP_ASYNC_OPTIONS);
  const { concurrency = 1, ordered = true, onError = 'stop', retry = 0 } = options;
  if (typeof work !== 'function')
    throw new OptionError('work', work, 'a function of an item that returns a promise', 'Give mapAsync a function.');
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw new OptionError('concurrency', concurrency, 'a whole number, 1 or more');
  if (typeof ordered !== 'boolean') throw new OptionError('ordered', ordered, 'true or false');
  const choices = ['stop', 'skip', 'emit'];
  if (!choices.includes(onError)) throw wrongChoice('onError', onError, choices);
  requireRetry(retry);

  return function mapAsync(source, given) {
    const flow = requireFlow(given, 'mapAsync');
    return new Observable((subscriber) => {
      const abort = new AbortController();
      const drop = flow.drops();
      /** In the order in which they came. */
      const held = new Set<Held<T, R>>();
      const waiting: Held<T, R>[] = [];
      let running = 0;
      let sourceDone = false;
      subscriber.add(() => {
        abort.abort();
        for (const { release } of held) release();
        held.clear();
        waiting.length = 0;
      });
      subscriber.add(flow.reserve(concurrency));

      const start = (): void => {
        while (running < concurrency && waiting.length > 0) void run(waiting.shift()!);
      };
      const run = async (item: Held<T, R>): Promise<void> => {
        running += 1;
        let attempts = 0;
        const tryOnce = (): Promise<R> => {
          attempts += 1;
          return work(item.value, abort.signal);
        };
        try {
          const value = await (retry === 0 ? tryOnce() : attempt(tryOnce, retry, abort.signal));
          item.result = { value };
        } catch (error) {
          if (onError === 'stop') return subscriber.error(error);
          item.result = onError === 'skip' ? 'skipped' : { value: new WorkError(item.value, attempts, error) };
        }
        running -= 1;
        // Ended meanwhile: nothing is held any more.
        if (subscriber.closed) return;
        deliver(item);
        start();
      };
      const deliver = (ready: Held<T, R>): void => {
        if (ordered) {
          for (const item of held) {
            if (item.result === undefined) break;
            handOn(item);
          }
        } else handOn(ready);
        if (sourceDone && held.size === 0) subscriber.complete();
      };
      const handOn = (item: Held<T, R>): void => {
        held.delete(item);
        const { result } = item;
        if (result === 'skipped') drop(item.value);
        else if (result !== undefined) flow.emit(() => subscriber.next(result.value));
        item.release();
      };

      subscriber.add(
        source.subscribe({
          next(value) {
            const item: Held<T, R> = { value, release: flow.acquire() };
            held.add(item);
            waiting.push(item);
            start();
          },
          error: (error: unknown) => subscriber.error(error),
          complete() {
            sourceDone = true;
            if (held.size === 0) subscriber.complete();
          },
        }),
      );
    });
  };
}
