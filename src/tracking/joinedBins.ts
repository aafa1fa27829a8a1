import { MOST_BINS } from '../events/measurements/limits.js';
import type { ToldBody } from './format.js';

/**
 * A histogram of bins as they come: what has no width, or goes back, is counted to its neighbour, and neighbours are joined until
 * there are at most 1,024. Nothing where no bin is left.
 * @param edges one more than there are counts
 */
export function joinedBins(name: string, edges: readonly number[], counts: readonly number[]): ToldBody | undefined {
  const bins = ascending(edges, counts);
  if (bins === undefined) return undefined;
  const every = Math.ceil(bins.counts.length / MOST_BINS);
  if (every === 1) return { type: 'histogram', name, ...bins };
  const joined: number[] = [];
  for (let from = 0; from < bins.counts.length; from += every)
    joined.push(bins.counts.slice(from, from + every).reduce((sum, count) => sum + count, 0));
  const kept = bins.edges.filter((_, index) => index % every === 0 && index < bins.counts.length);
  return { type: 'histogram', name, edges: [...kept, bins.edges.at(-1)!], counts: joined };
}

interface Bins {
  readonly edges: number[];
  readonly counts: number[];
}

function ascending(edges: readonly number[], counts: readonly number[]): Bins | undefined {
  const areFinite = edges.every(Number.isFinite) && counts.every((count) => Number.isFinite(count) && count >= 0);
  if (!areFinite || counts.length === 0 || edges.length !== counts.length + 1) return undefined;
  const kept: Bins = { edges: [edges[0]!], counts: [] };
  let waiting = 0;
  for (const [index, count] of counts.entries()) {
    waiting += count;
    if (!(edges[index + 1]! > kept.edges.at(-1)!)) continue;
    kept.edges.push(edges[index + 1]!);
    kept.counts.push(waiting);
    waiting = 0;
  }
  if (kept.counts.length > 0) kept.counts[kept.counts.length - 1]! += waiting;
  else if (waiting > 0) return around(edges[0]!, waiting);
  return kept.counts.length > 0 ? kept : undefined;
}

/** All values are the same: a bin of some width holds them. */
function around(value: number, count: number): Bins {
  const half = Math.max(0.5, Math.abs(value) * 2 ** -40);
  return { edges: [value - half, value + half], counts: [count] };
}
