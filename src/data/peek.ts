import type { Source, SourceReader } from './source.js';

/** A source whose first item is known. */
export interface Peeked<T> {
  /** `undefined` where there is none. */
  readonly first: T | undefined;
  /** Gives all items, the first one included; opened again, it opens what it is made of again. */
  readonly source: Source<T>;
  /** Releases what nobody has opened. May be called more than once. */
  close(): void | Promise<void>;
}

/**
 * Looks at the first item of a source, which need not be one that can be opened twice.
 * @param signal gives up on `open` and the first `next`; later on the one that the source is opened with counts
 */
export async function peek<T>(source: Source<T>, signal: AbortSignal): Promise<Peeked<T>> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal.addEventListener('abort', end, { once: true });
  const opened = await source.open(ended.signal);
  let unread: IteratorResult<T, void> | undefined;
  try {
    signal.throwIfAborted();
    unread = await opened.next();
    signal.throwIfAborted();
  } catch (error) {
    await opened.close();
    throw error;
  }
  signal.removeEventListener('abort', end);
  let wasOpened = false;
  const rest: SourceReader<T> = {
    get dropped() {
      return opened.dropped ?? 0;
    },
    next() {
      const next = unread ?? opened.next();
      unread = undefined;
      return next;
    },
    close: () => opened.close(),
  };
  return {
    first: unread.done === true ? undefined : unread.value,
    source: {
      open(reader) {
        if (wasOpened) return source.open(reader);
        wasOpened = true;
        reader.addEventListener('abort', end, { once: true });
        if (reader.aborted) end();
        return rest;
      },
    },
    async close() {
      end();
      await opened.close();
    },
  };
}
