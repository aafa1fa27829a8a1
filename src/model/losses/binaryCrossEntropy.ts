import type { PointwiseLoss } from './loss.js';

/** No logarithm is below, so that no loss is infinite. */
const LEAST_LOGARITHM = -100;
/** Nothing is divided by less. */
const LEAST_VARIANCE = 1e-12;

/**
 * −t·log y − (1 − t)·log(1 − y).
 * @see torch.nn.BCELoss, with its bounds; of logits torch.nn.BCEWithLogitsLoss
 */
export const binaryCrossEntropy: PointwiseLoss = {
  isOfShares: true,
  value: (output, target) => -target * boundedLog(output) - (1 - target) * boundedLog(1 - output),
  derivative: (output, target) => (output - target) / Math.max(output * (1 - output), LEAST_VARIANCE),
  ofLogits: {
    value: (logit, target) => (1 - target) * logit - Math.min(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))),
    derivative: (logit, target) => 1 / (1 + Math.exp(-logit)) - target,
  },
};

function boundedLog(value: number): number {
  return Math.max(LEAST_LOGARITHM, Math.log(value));
}
