import type { Source, SourceReader } from './source.js';

/**
 * A source from data of your own: an array, a generator's object, a Readable, anything iterable. Data that can be iterated more
 * than once can be opened more than once.
 *
 * The source asks for the next item only when the pipeline has room. Closing never waits for a pending `next`: a Readable is
 * destroyed, an asynchronous iterator is told by `return`, which a generator hears once its `next` has settled.
 *
 * @example
 * const lines = fromIterable(Readable.from(['a', 'b']));
 * console.log(await lastValueFrom(pipeline(lines, toArray()))); // [ 'a', 'b' ]
 */
export function fromIterable<T>(items: Iterable<T> | AsyncIterable<T>): Source<T> {
  return {
    open: (signal) => (isAsync(items) ? pullAsync(items, signal) : pullSync(items[Symbol.iterator]())),
  };
}

const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

function pullSync<T>(iterator: Iterator<T>): SourceReader<T> {
  return {
    next: () => withoutReturnValue(iterator.next()),
    close() {
      iterator.return?.();
    },
  };
}

function pullAsync<T>(items: AsyncIterable<T>, signal: AbortSignal): SourceReader<T> {
  const iterator = items[Symbol.asyncIterator]();
  let giveUp: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  const end = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    const pending = giveUp !== undefined;
    giveUp?.();
    // A Readable, too, puts `return` behind a pending `next`.
    if (isDestroyable(items)) items.destroy();
    const returned = iterator.return?.();
    if (pending) returned?.catch(() => undefined);
    else await returned;
  };
  const close = (): Promise<void> => {
    closing ??= end();
    return closing;
  };
  // What fails to close is for the caller of `close`.
  const onAbort = (): void => void close().catch(() => undefined);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();

  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (closing !== undefined) return resolve(DONE);
        giveUp = () => resolve(DONE);
        iterator
          .next()
          .then((result) => resolve(withoutReturnValue(result)), reject)
          .finally(() => {
            giveUp = undefined;
          });
      }),
    close,
  };
}

function withoutReturnValue<T>(result: IteratorResult<T>): IteratorResult<T, void> {
  return result.done === true ? DONE : result;
}

function isAsync<T>(items: Iterable<T> | AsyncIterable<T>): items is AsyncIterable<T> {
  return Symbol.asyncIterator in items;
}

function isDestroyable(items: object): items is { destroy(): void } {
  return 'destroy' in items && typeof items.destroy === 'function';
}
