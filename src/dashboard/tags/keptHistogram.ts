// A histogram as it is kept: in no more bins than a chart has room for.
import type { HistogramEvent } from '../../events/schema.js';
import type { ShelfItem } from './shelf.js';

export interface KeptHistogram extends ShelfItem {
  /** Ascending, one more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const MOST_BINS = 128;
const OBJECT_BYTES = 200;

/** Nothing where it is none. */
export function keptHistogram({ edges, counts, step }: HistogramEvent): KeptHistogram | undefined {
  if (counts.length === 0 || counts.length !== edges.length - 1) return undefined;
  const factor = Math.ceil(counts.length / MOST_BINS);
  const joined = Array.from({ length: Math.ceil(counts.length / factor) }, (_, bin) =>
    counts.slice(bin * factor, (bin + 1) * factor).reduce((sum, count) => sum + count, 0),
  );
  const between = joined.map((_, bin) => edges[bin * factor]!);
  const kept = [...between, edges.at(-1)!];
  return { step, edges: kept, counts: joined, bytes: 8 * (kept.length + joined.length) + OBJECT_BYTES };
}
