import type { Source, SourceReader } from '../../data/source.js';
import { closeReaders, droppedBy, openSources } from './openSources.js';
import { type SourceLike, toSource } from './toSource.js';

/** What each of some sources gives. */
type Zipped<Given extends readonly SourceLike<unknown>[]> = {
  -readonly [Key in keyof Given]: Given[Key] extends SourceLike<infer T> ? T : never;
};

/**
 * A source of lists with one item of each source: images and labels that lie apart. All are pulled at the same time, one item
 * each, so that none runs ahead, as the rxjs operator `zip` would let it.
 *
 * Ends with the shortest; what the others have given for that last list is left out. Fails with the first that fails. Closes all.
 *
 * @throws OptionError where one of them is no source
 *
 * @example
 * const pairs = pipeline(zipSources(['a', 'b', 'c'], [1, 2]), toArray());
 * console.log(await lastValueFrom(pairs)); // [ [ 'a', 1 ], [ 'b', 2 ] ]
 */
export function zipSources<Given extends readonly SourceLike<unknown>[]>(...given: Given): Source<Zipped<Given>> {
  const sources: readonly Source<unknown>[] = given.map((source) => toSource(source));
  return {
    async open(signal) {
      const readers = await openSources(sources, signal);
      return {
        get dropped() {
          return droppedBy(readers);
        },
        next: () => nextOfAll(readers) as ReturnType<SourceReader<Zipped<Given>>['next']>,
        close: () => closeReaders(readers),
      };
    },
  };
}

type Result = IteratorResult<unknown, void>;

function nextOfAll(
  readers: readonly SourceReader<unknown>[],
): IteratorResult<unknown[], void> | Promise<IteratorResult<unknown[], void>> {
  const results = readers.map((reader) => reader.next());
  // At hand where all of them are: no microtask.
  if (results.some((result) => result instanceof Promise)) return Promise.all(results).then(together);
  return together(results as Result[]);
}

function together(results: readonly Result[]): IteratorResult<unknown[], void> {
  const isOver = results.length === 0 || results.some(({ done }) => done === true);
  return isOver ? { done: true, value: undefined } : { done: false, value: results.map(({ value }) => value) };
}
