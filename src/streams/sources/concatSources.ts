import type { Source, SourceReader } from '../../data/source.js';
import { type SourceLike, toSource } from './toSource.js';

/**
 * A source that gives one source after the other. Each is opened when the one before it is over and closed.
 *
 * Fails with the first that fails.
 *
 * @throws OptionError where one of them is no source
 *
 * @example
 * const all = pipeline(concatSources([1, 2], [3]), toArray());
 * console.log(await lastValueFrom(all)); // [ 1, 2, 3 ]
 */
export function concatSources<T>(...given: readonly SourceLike<T>[]): Source<T> {
  const sources = given.map((source) => toSource(source));
  return { open: (signal) => new ConcatenatedReader(sources, signal) };
}

class ConcatenatedReader<T> implements SourceReader<T> {
  readonly #left: Source<T>[];
  readonly #signal: AbortSignal;
  #reader: SourceReader<T> | undefined;
  #opening: Promise<SourceReader<T>> | undefined;
  #droppedBefore = 0;
  #closed = false;

  constructor(sources: readonly Source<T>[], signal: AbortSignal) {
    this.#left = [...sources];
    this.#signal = signal;
  }

  get dropped(): number {
    return this.#droppedBefore + (this.#reader?.dropped ?? 0);
  }

  next(): IteratorResult<T, void> | Promise<IteratorResult<T, void>> {
    const result = this.#reader?.next();
    return result === undefined || result instanceof Promise || result.done === true ? this.#goOn(result) : result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#left.length = 0;
    // One that is still being opened is closed when it has.
    if (this.#reader === undefined) await this.#opening?.then((late) => late.close());
    else await this.#reader.close();
  }

  /** The first item that one of them has. */
  async #goOn(
    pending: IteratorResult<T, void> | Promise<IteratorResult<T, void>> | undefined,
  ): Promise<IteratorResult<T, void>> {
    let result = await pending;
    while (result === undefined || result.done === true) {
      await this.#leave();
      const next = this.#left.shift();
      if (next === undefined || this.#closed) return { done: true, value: undefined };
      this.#opening = (async () => next.open(this.#signal))();
      const reader = await this.#opening;
      if (this.#closed) return { done: true, value: undefined };
      this.#reader = reader;
      result = await reader.next();
    }
    return result;
  }

  async #leave(): Promise<void> {
    const reader = this.#reader;
    if (reader === undefined || this.#closed) return;
    await reader.close();
    this.#droppedBefore += reader.dropped ?? 0;
    this.#reader = undefined;
    this.#opening = undefined;
  }
}
