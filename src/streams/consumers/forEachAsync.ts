import type { Observable } from 'rxjs';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { continueWith } from '../continuable.js';
import { type MapAsyncOptions, mapAsync, type Work } from '../operators/mapAsync.js';

export interface ForEachOptions extends Omit<MapAsyncOptions, 'ordered' | 'onError'> {
  /** What happens when the work on an item fails, all retries included: the pipeline ends with that error, or goes on. @default 'stop' */
  readonly onError?: 'stop' | 'skip';
  /** Ends the pipeline; the promise rejects with the signal's reason. @default never */
  readonly signal?: AbortSignal;
}

const OPTIONS: OptionNames<ForEachOptions> = { concurrency: true, retry: true, onError: true, signal: true };

/**
 * Runs a pipeline, or a `run`, to its end with asynchronous work on each item that comes out. The work is part of the pipeline: its source
 * is not pulled further than its bound ahead of it, unlike after `subscribe` or `forEach` of rxjs.
 *
 * @param running what `pipeline` or `run` has returned, as it is
 * @returns a promise that resolves when the work on the last item is done, and rejects with the first error
 * @throws OptionError for an Observable that is not such a one, or an option out of range
 *
 * @example
 * const written = [];
 * await forEachAsync(pipeline([1, 2, 3]), async (value) => void written.push(value), { concurrency: 2 });
 * console.log(written); // [ 1, 2, 3 ]
 */
export async function forEachAsync<T>(
  running: Observable<T>,
  work: Work<T, unknown>,
  options: ForEachOptions = {},
): Promise<void> {
  requireKnownOptions(options, OPTIONS);
  const { signal, ...working } = options;
  const worked = continueWith(running, mapAsync(work, { ...working, ordered: false }));
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const subscription = worked.subscribe({ error: reject, complete: resolve });
    const abort = (): void => {
      subscription.unsubscribe();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    subscription.add(() => signal?.removeEventListener('abort', abort));
  });
}
