import type { EventBody } from '../events/schema.js';
import type { StageStats } from '../streams/stageStats.js';
import type { PhaseTimer } from './phaseTimer.js';

type StatsBody = Extract<EventBody, { type: 'stats' }>;

/** What a reading is made of. */
export interface StatsSources {
  readonly stages: readonly StageStats[];
  /** Images trained so far. */
  readonly trained: () => number;
  /** Milliseconds of the run's clock, which stands still in pauses. */
  readonly now: () => number;
  /** @default where the time goes is not told */
  readonly phases?: PhaseTimer | undefined;
  /** Memory of the process. @default it is not told */
  readonly rssBytes?: (() => number) | undefined;
}

/** A reading of the pipeline for the `stats` event: images trained a second since the last reading, memory, phases, stages. */
export function statsReader({ stages, trained, now, phases, rssBytes }: StatsSources): () => StatsBody {
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
      ...(rssBytes && { rssBytes: rssBytes() }),
      ...(phases && { phases: phases.snapshot() }),
      stages: stages.map((stage) => stage.snapshot()),
    };
  };
}
