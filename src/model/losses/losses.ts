// The losses that there are. One more is a file beside these, a line here and in the table of names, and one in each engine that has kernels.
import { LOSS_TITLES } from '../../text/lossTitles.js';
import { binaryCrossEntropy } from './binaryCrossEntropy.js';
import { huber } from './huber.js';
import type { Loss, LossSettings } from './loss.js';
import { meanAbsoluteError } from './meanAbsoluteError.js';
import { meanSquaredError } from './meanSquaredError.js';
import { structuralSimilarityLoss } from './structuralSimilarityLoss.js';

export type LossName = keyof typeof LOSS_TITLES;
/** What `--loss` takes, and sums are made of; the default comes first. */
export const LOSSES = Object.keys(LOSS_TITLES) as readonly LossName[];

export const losses: Readonly<Record<LossName, (settings: LossSettings) => Loss>> = {
  mse: () => meanSquaredError,
  mae: () => meanAbsoluteError,
  huber,
  bce: () => binaryCrossEntropy,
  ssim: () => structuralSimilarityLoss,
};
