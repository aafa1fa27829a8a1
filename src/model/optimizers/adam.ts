import type { Optimizer } from './optimizer.js';

/**
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
 *
 * `tf.train.adam` adds ε to the uncorrected √v, which is another optimizer in the first steps.
 * @see Kingma and Ba, https://arxiv.org/abs/1412.6980, in the order of torch.optim.Adam
 */
export const adam: Optimizer = {
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  decays: 'gradients',
  slots: () => ['firstMoments', 'secondMoments'],
  update({ beta1, beta2, epsilon }, step, learningRate) {
    const stepSize = learningRate / (1 - beta1 ** step);
    const correction = Math.sqrt(1 - beta2 ** step);
    return {
      numbers: [stepSize, 1 / correction, beta1, 1 - beta1, beta2, 1 - beta2, epsilon],
      apply(weight, gradient, [first, second]) {
        for (let i = 0; i < weight.length; i++) {
          const g = gradient[i]!;
          const m = beta1 * first![i]! + (1 - beta1) * g;
          const v = beta2 * second![i]! + (1 - beta2) * g * g;
          first![i] = m;
          second![i] = v;
          weight[i]! -= (stepSize * m) / (Math.sqrt(v) / correction + epsilon);
        }
      },
    };
  },
};
