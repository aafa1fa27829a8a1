import type { PointwiseLoss } from './loss.js';

/** (y − t)². @see torch.nn.MSELoss */
export const meanSquaredError: PointwiseLoss = {
  value: (output, target) => (output - target) ** 2,
  derivative: (output, target) => 2 * (output - target),
};
