import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { EventBody } from '../schema.js';
import { MOST_BINS } from './limits.js';
import { requireMeasuredName } from './requireMeasuredName.js';

/** A `histogram` event before it is stamped. */
export type HistogramBody = Extract<EventBody, { type: 'histogram' }>;

export interface HistogramOptions {
  /**
   * How many bins of one width from the lowest value to the highest, or their edges, ascending: a bin holds its lower edge and
   * not its upper one, the last one both. Values outside are left out. At most 1,024. @default 64
   */
  readonly bins?: number | readonly number[];
}

const OPTIONS: OptionNames<HistogramOptions> = { bins: true };
const BINS = 64;

/**
 * How values are spread, as the body of an event: weights, gradients, latents. `measure` puts it among the events of a training;
 * the dashboard shows those of a name as ridges over the steps.
 *
 * @param values any number of them; NaN and infinities are left out
 *
 * @example
 * const { edges, counts } = histogram('latent', [0, 0.1, 0.9, 2], { bins: 2 });
 * console.log(edges, counts); // [ 0, 1, 2 ] [ 3, 1 ]
 *
 * @throws OptionError when the name is empty, `values` are no list of numbers, or `bins` are neither a number of 1 to 1,024 nor ascending edges
 * @see numpy.histogram
 */
export function histogram(name: string, values: ArrayLike<number>, options: HistogramOptions = {}): HistogramBody {
  requireMeasuredName(name);
  requireKnownOptions(options, OPTIONS);
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number')
    throw new OptionError('values', values, 'a list of numbers');
  const { bins = BINS } = options;
  const edges = typeof bins === 'number' ? evenEdges(values, requireBins(bins)) : requireEdges(bins);
  return { type: 'histogram', name, edges, counts: countsOf(values, edges) };
}

function requireBins(bins: number): number {
  if (Number.isInteger(bins) && bins >= 1 && bins <= MOST_BINS) return bins;
  throw new OptionError('bins', bins, `a whole number from 1 to ${MOST_BINS}`);
}

function requireEdges(bins: readonly number[]): number[] {
  const isAscending =
    Array.isArray(bins) &&
    bins.length >= 2 &&
    bins.length <= MOST_BINS + 1 &&
    bins.every((edge, index) => Number.isFinite(edge) && (index === 0 || edge > bins[index - 1]!));
  if (isAscending) return [...bins];
  throw new OptionError('bins', bins, `2 to ${MOST_BINS + 1} finite numbers, each greater than the one before`);
}

function evenEdges(values: ArrayLike<number>, bins: number): number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  // Edges have to ascend, also around values that are all the same, and where so many bins are finer than numbers are.
  const least = Math.max(Math.abs(low), Math.abs(high)) * Number.EPSILON * 4 * bins;
  if (high - low <= least) [low, high] = [low - Math.max(0.5, least), high + Math.max(0.5, least)];
  // Half of the range twice: the whole of it may be greater than any number.
  const half = high / 2 - low / 2;
  return Array.from({ length: bins + 1 }, (_, index) =>
    index === bins ? high : low + half * (index / bins) + half * (index / bins),
  );
}

function countsOf(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let index = 0; index < values.length; index++) {
    const bin = binOf(values[index]!, edges);
    if (bin !== undefined) counts[bin]!++;
  }
  return counts;
}

function binOf(value: number, edges: readonly number[]): number | undefined {
  const last = edges.length - 1;
  if (!(value >= edges[0]! && value <= edges[last]!)) return undefined;
  let [from, to] = [0, last];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (value >= edges[middle]!) from = middle;
    else to = middle;
  }
  return from;
}
