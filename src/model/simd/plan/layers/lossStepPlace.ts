import type { FeatureMap } from '../memory/featureMap.js';

/** Where a loss's kernel works. */
export interface LossStepPlace {
  readonly output: FeatureMap;
  readonly target: FeatureMap;
  /** For each thread where its gradient goes, laid out as the output. @default nobody asks for it */
  readonly gradient: readonly number[] | undefined;
  readonly weight: number;
  /** Where among a shard's losses it is summed, in bytes. */
  readonly lossAt: number;
}
