import type { StatsEvent } from '../../events/schema.js';

/** Long enough to be read, short enough to follow. */
const WINDOW_MS = 5000;

/** What the first reading is of, in a resumed run as well. */
const FIRST_MS = 1000;
/** Less training than this tells nothing of its speed. */
const LEAST_MS = 20;

/**
 * Images a second of the training alone, over the last seconds of run time: pauses, samples and tests are left out. Nothing where there is
 * no reading of them.
 */
export function speedOf(stats: readonly StatsEvent[], elapsedMs: number): number | undefined {
  let [images, trainedMs] = [0, 0];
  for (const [place, reading] of stats.entries()) {
    const before = stats[place - 1];
    const took = before === undefined ? FIRST_MS : reading.elapsedMs - before.elapsedMs;
    if (elapsedMs - reading.elapsedMs >= WINDOW_MS || took <= 0) continue;
    const other = (reading.phases?.otherMs ?? 0) - (before?.phases?.otherMs ?? 0);
    images += reading.imagesPerSecond * took;
    trainedMs += took - Math.min(took, Math.max(0, other));
  }
  return trainedMs < LEAST_MS ? undefined : images / trainedMs;
}
