import { Observable } from 'rxjs';
import { OptionError } from '../../errors.js';
import type { Stage } from '../pipeline.js';

export interface MapAsyncOptions {
  /** Items worked on at the same time; never more than the flow's high-water mark lets in. @default 1 */
  readonly concurrency?: number;
}

interface Held<T, R> {
  readonly value: T;
  readonly release: () => void;
  result?: { readonly value: R };
}

/**
 * Asynchronous work on every item, inside the bound: an item holds its place in the flow until its result is delivered.
 *
 * Results come out in the order of their items, whichever is ready first. The first error, of the work or of the source,
 * ends the stage at once. `signal` aborts when the stage ends: complete, error or unsubscribe; nothing is emitted after.
 *
 * @param project gets the item and a signal to give up on
 * @throws OptionError when `concurrency` is not a whole number of at least 1
 *
 * @example
 * mapAsync(async (batch, signal) => {
 *   await fetch(address, { method: 'POST', body: batch.pixels, signal });
 *   return batch;
 * }, { concurrency: 2 })
 */
export function mapAsync<T, R>(
  project: (value: T, signal: AbortSignal) => Promise<R>,
  { concurrency = 1 }: MapAsyncOptions = {},
): Stage<T, R> {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw new OptionError('concurrency', concurrency, 'a whole number, 1 or more');

  return function mapAsync(source, flow) {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      const held: Held<T, R>[] = [];
      let started = 0;
      let running = 0;
      let sourceDone = false;
      subscriber.add(() => {
        abort.abort();
        for (const { release } of held.splice(0)) release();
      });

      const start = (): void => {
        while (running < concurrency && started < held.length) void work(held[started++]!);
      };
      const work = async (item: Held<T, R>): Promise<void> => {
        running += 1;
        try {
          item.result = { value: await project(item.value, abort.signal) };
        } catch (error) {
          return subscriber.error(error);
        }
        running -= 1;
        deliver();
        start();
      };
      const deliver = (): void => {
        for (let head = held[0]; head?.result !== undefined; head = held[0]) {
          const { release, result } = head;
          held.shift();
          started -= 1;
          flow.emit(() => subscriber.next(result.value));
          release();
        }
        completeWhenEmpty();
      };
      const completeWhenEmpty = (): void => {
        if (sourceDone && held.length === 0) subscriber.complete();
      };

      subscriber.add(
        source.subscribe({
          next(value) {
            held.push({ value, release: flow.acquire() });
            start();
          },
          error: (error: unknown) => subscriber.error(error),
          complete() {
            sourceDone = true;
            completeWhenEmpty();
          },
        }),
      );
    });
  };
}
