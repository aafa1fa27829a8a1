import type { PointwiseLoss } from './loss.js';

/** |y − t|, whose derivative is 0 where they are the same. @see torch.nn.L1Loss */
export const meanAbsoluteError: PointwiseLoss = {
  value: (output, target) => Math.abs(output - target),
  derivative: (output, target) => Math.sign(output - target),
};
