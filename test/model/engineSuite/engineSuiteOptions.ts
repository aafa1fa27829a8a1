import type { Engine } from '../../../src/model/engine.js';
import type { EngineOptions } from '../../../src/model/node/createEngine.js';
import type { GoldenPreset } from '../../fixtures/golden.js';

export type Create = (options: Omit<EngineOptions, 'engine' | 'backend' | 'threads' | 'relaxed'>) => Promise<Engine>;

export interface EngineSuiteOptions {
  readonly create: Create;
  /** Loss and gradients of a first step: difference to the golden ones, as a share of the largest value. */
  readonly gradientTolerance: number;
  /** Losses of later steps: relative difference to the golden ones. */
  readonly lossTolerance: number;
  /**
   * Updates to compare with the golden ones on blobs (at most 20) and on MNIST (at most 200; on `denoise` float32 itself
   * is off by 2e-3 after some 140). An engine that takes a second for one update takes none.
   */
  readonly updates: Record<GoldenPreset, { readonly blobs: number; readonly mnist: number }>;
  /** Presets whose first step is compared. @default all */
  readonly presets?: readonly GoldenPreset[];
}
