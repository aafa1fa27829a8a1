import type { Optimizer } from './optimizer.js';

/**
 * Stochastic gradient descent: w ← w − ηg; with momentum μ: b ← μb + g, w ← w − ηb; with Nesterov's: w ← w − η(g + μb).
 * @see torch.optim.SGD, without dampening
 */
export const sgd: Optimizer = {
  defaults: { momentum: 0, nesterov: false, weightDecay: 0 },
  decays: 'gradients',
  slots: ({ momentum }) => (momentum === 0 ? [] : ['momentumBuffers']),
  update({ momentum, nesterov }, _step, learningRate) {
    return {
      numbers: [learningRate, momentum, nesterov ? 1 : 0],
      apply(weight, gradient, [buffer]) {
        for (let i = 0; i < weight.length; i++) {
          const g = gradient[i]!;
          const b = buffer === undefined ? g : momentum * buffer[i]! + g;
          if (buffer !== undefined) buffer[i] = b;
          weight[i]! -= learningRate * (nesterov ? g + momentum * b : b);
        }
      },
    };
  },
};
