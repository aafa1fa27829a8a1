// Where a pipeline begins: something pulled one item at a time, never pushed. Free of rxjs on purpose.

/** One opened source. */
export interface SourceReader<T> {
  /** Items that were lost so far because no one took them in time, where that can be. @default 0 */
  readonly dropped?: number;
  /** The next item; a plain result where it is at hand (no microtask), a promise where it has to be waited for. */
  next(): IteratorResult<T, void> | Promise<IteratorResult<T, void>>;
  /** Releases everything. `close` may be called while `next` is pending, and more than once; what `close` throws is passed over. */
  close(): void | Promise<void>;
}

/** A source can be opened any number of times, each time from its beginning. */
export interface Source<T> {
  /** @param signal aborts when the pipeline ends; a pending `open` or `next` gives up on it */
  open(signal: AbortSignal): SourceReader<T> | Promise<SourceReader<T>>;
}
