import type { Histogram } from './values.js';

/** Values as events carry them: bytes between two numbers. */
export interface Levels {
  /** What byte 0 stands for. */
  readonly low: number;
  /** What byte 255 stands for. */
  readonly high: number;
  readonly bytes: Uint8Array;
}

/** Levels in a bucket: 32 of them are a histogram that is still smooth. */
const LEVELS = 8;
const BUCKETS = 256 / LEVELS;

/**
 * How often values occur, in 32 buckets of equal width. Counts are exact, as far as the bytes are.
 * @returns nothing where there are no values, or they are no numbers (a network that has diverged)
 */
export function levelHistogram({ low, high, bytes }: Levels): Histogram | undefined {
  if (bytes.length === 0 || !Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  if (!(high > low)) return { edges: [low - 0.5, low + 0.5], counts: [bytes.length] };
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const byte of bytes) counts[Math.floor(byte / LEVELS)]!++;
  const width = ((high - low) * LEVELS) / 255;
  // A byte stands for what lies half a level around it.
  const edges = Array.from({ length: BUCKETS + 1 }, (_, at) => low - width / LEVELS / 2 + at * width);
  return { edges, counts };
}
