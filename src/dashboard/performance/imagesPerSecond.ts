import type { StatsEvent } from '../../events/schema.js';

/** Long enough to be read, short enough to follow. */
const WINDOW_MS = 5000;

/** Images a second over the last seconds of run time, pauses left out; nothing where there is no reading of them. */
export function speedOf(stats: readonly StatsEvent[], elapsedMs: number): number | undefined {
  const recent = stats.filter(
    (reading, place) =>
      elapsedMs - reading.elapsedMs < WINDOW_MS && reading.elapsedMs > (stats[place - 1]?.elapsedMs ?? -1),
  );
  const sum = recent.reduce((total, { imagesPerSecond }) => total + imagesPerSecond, 0);
  return recent.length === 0 ? undefined : sum / recent.length;
}
