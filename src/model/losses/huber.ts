import type { LossSettings, PointwiseLoss } from './loss.js';

/** ½(y − t)² up to a distance of δ, beyond it δ(|y − t| − ½δ). @see torch.nn.HuberLoss */
export function huber({ huberDelta }: LossSettings): PointwiseLoss {
  return {
    value(output, target) {
      const distance = Math.abs(output - target);
      return distance <= huberDelta ? 0.5 * distance ** 2 : huberDelta * (distance - 0.5 * huberDelta);
    },
    derivative: (output, target) => Math.max(-huberDelta, Math.min(huberDelta, output - target)),
  };
}
