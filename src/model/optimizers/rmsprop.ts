import type { Optimizer } from './optimizer.js';

/**
 * v ← αv + (1 − α)g², w ← w − ηg / (√v + ε); with momentum μ: b ← μb + g / (√v + ε), w ← w − ηb.
 * @see Hinton, https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf, in the order of torch.optim.RMSprop
 */
export const rmsprop: Optimizer = {
  defaults: { smoothing: 0.99, epsilon: 1e-8, momentum: 0, weightDecay: 0 },
  decays: 'gradients',
  slots: ({ momentum }) => (momentum === 0 ? ['squareAverages'] : ['squareAverages', 'momentumBuffers']),
  update({ smoothing, epsilon, momentum }, _step, learningRate) {
    return {
      numbers: [learningRate, smoothing, 1 - smoothing, epsilon, momentum],
      apply(weight, gradient, [average, buffer]) {
        for (let i = 0; i < weight.length; i++) {
          const g = gradient[i]!;
          const v = smoothing * average![i]! + (1 - smoothing) * g * g;
          average![i] = v;
          const direction = g / (Math.sqrt(v) + epsilon);
          const b = buffer === undefined ? direction : momentum * buffer[i]! + direction;
          if (buffer !== undefined) buffer[i] = b;
          weight[i]! -= learningRate * b;
        }
      },
    };
  },
};
