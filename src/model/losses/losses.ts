// The losses that there are. One more is a file beside these, a line here, and one in each engine that has kernels.
import { binaryCrossEntropy } from './binaryCrossEntropy.js';
import { huber } from './huber.js';
import type { Loss, LossSettings } from './loss.js';
import { meanAbsoluteError } from './meanAbsoluteError.js';
import { meanSquaredError } from './meanSquaredError.js';

/** What `--loss` takes; the default comes first. */
export const LOSSES = ['mse', 'mae', 'huber', 'bce'] as const;
export type LossName = (typeof LOSSES)[number];

export const losses: Readonly<Record<LossName, (settings: LossSettings) => Loss>> = {
  mse: () => meanSquaredError,
  mae: () => meanAbsoluteError,
  huber,
  bce: () => binaryCrossEntropy,
};
