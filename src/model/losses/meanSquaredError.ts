import type { Loss } from './loss.js';

/** (y − t)². @see torch.nn.MSELoss */
export const meanSquaredError: Loss = {
  value: (output, target) => (output - target) ** 2,
  derivative: (output, target) => 2 * (output - target),
};
