import type { Source, SourceReader } from '../../data/source.js';
import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { uniform } from '../../random.js';
import { closeReaders, droppedBy, openSources } from './openSources.js';
import { type SourceLike, toSource } from './toSource.js';

export interface MixOptions {
  /** How often each source is drawn, in proportion. @default all alike */
  readonly weights?: readonly number[];
  /** The order of the draws is a function of the seed, the weights and the lengths of the sources, however fast they are. */
  readonly seed: number;
}

const OPTIONS: OptionNames<MixOptions> = { weights: true, seed: true };

/**
 * A source that draws each item from one of the sources, at random, in proportion to their weights. The order within a source stays.
 *
 * A source that is over is not drawn any more; the mix is over when all of them are: nothing is lost or given twice.
 * Fails with the first that fails. Closes all.
 *
 * @throws OptionError where one of them is no source, or there is not a weight above 0 for each
 *
 * @example
 * const mixed = mixSources([['a', 'a', 'a'], ['b']], { weights: [3, 1], seed: 1 });
 * const letters = await lastValueFrom(pipeline(mixed, toArray()));
 * console.log(letters.sort()); // [ 'a', 'a', 'a', 'b' ]
 */
export function mixSources<T>(given: readonly SourceLike<T>[], options: MixOptions): Source<T> {
  requireKnownOptions(options, OPTIONS);
  const { weights, seed } = options;
  const sources = given.map((source) => toSource(source));
  const shares = weights ?? sources.map(() => 1);
  if (shares.length !== sources.length || !shares.every((weight) => weight > 0 && weight < Infinity))
    throw new OptionError('weights', shares.join(', '), `${sources.length} numbers above 0, one for each source`);
  if (!Number.isSafeInteger(seed)) throw new OptionError('seed', seed, 'a whole number');
  return {
    async open(signal) {
      const readers = await openSources(sources, signal);
      const draw = uniform(seed);
      const left = readers.map((reader, at) => ({ reader, weight: shares[at]! }));
      return {
        get dropped() {
          return droppedBy(readers);
        },
        next: () => drawOne(left, draw),
        close: () => closeReaders(readers),
      };
    },
  };
}

interface Weighted<T> {
  readonly reader: SourceReader<T>;
  readonly weight: number;
}

/** Takes a source that is over out of `left`, and draws again. */
function drawOne<T>(
  left: Weighted<T>[],
  draw: () => number,
): IteratorResult<T, void> | Promise<IteratorResult<T, void>> {
  for (let drawn = choose(left, draw()); drawn !== undefined; drawn = choose(left, draw())) {
    const chosen = drawn;
    const result = chosen.reader.next();
    if (result instanceof Promise)
      return result.then((settled) => {
        if (settled.done !== true) return settled;
        remove(left, chosen);
        return drawOne(left, draw);
      });
    if (result.done !== true) return result;
    remove(left, chosen);
  }
  return { done: true, value: undefined };
}

function choose<T>(left: readonly Weighted<T>[], chance: number): Weighted<T> | undefined {
  let rest = chance * left.reduce((sum, { weight }) => sum + weight, 0);
  for (const weighted of left) {
    rest -= weighted.weight;
    if (rest < 0) return weighted;
  }
  return left.at(-1);
}

function remove<T>(left: T[], item: T): void {
  left.splice(left.indexOf(item), 1);
}
