import type { EventBody } from '../events/schema.js';
import type { StageStats } from '../streams/operators/tapStats.js';
import type { PhaseTimer } from '../training/phaseTimer.js';

type StatsBody = Extract<EventBody, { type: 'stats' }>;

/**
 * A reading of the pipeline for the `stats` event: images trained a second since the last reading, memory, phases, stages.
 * @param trained images trained so far
 * @param now milliseconds of the run's clock, which stands still in pauses
 */
export function statsReader(
  stages: readonly StageStats[],
  trained: () => number,
  phases: PhaseTimer,
  now: () => number,
): () => StatsBody {
  let lastTime = now();
  let lastTrained = trained();
  return () => {
    const time = now();
    const images = trained();
    const imagesPerSecond = time === lastTime ? 0 : ((images - lastTrained) / (time - lastTime)) * 1000;
    lastTime = time;
    lastTrained = images;
    return {
      type: 'stats',
      imagesPerSecond: Math.round(imagesPerSecond * 10) / 10,
      rssBytes: process.memoryUsage.rss(),
      phases: phases.snapshot(),
      stages: stages.map((stage) => stage.snapshot()),
    };
  };
}
