import type { StatsEvent } from '../streams/events.js';

/** Long enough to be read, short enough to follow. */
const WINDOW_MS = 5000;

/** Images a second over the last seconds of run time; nothing where there is no reading of them. */
export function speedOf(stats: readonly StatsEvent[], elapsedMs: number): number | undefined {
  const recent = stats.filter((reading) => elapsedMs - reading.elapsedMs < WINDOW_MS);
  const sum = recent.reduce((total, { imagesPerSecond }) => total + imagesPerSecond, 0);
  return recent.length === 0 ? undefined : sum / recent.length;
}
