import { numberOf, requireValue } from '../kerasConfig.js';
import { kerasError } from '../kerasError.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** Of images by channel, of flat values by unit. Keras's momentum says what a batch leaves of the running statistics, ours what it replaces. */
export const batchNormalization: KerasLayerReader = (layer, input) => {
  if (input.length === 2)
    throw kerasError('ARCHITECTURE_SHAPE', layer, {
      expected: 'a flat input, or an image with channels',
      actual: input.join('×'),
      advice: 'Put a Reshape to one channel before it, and save the model again.',
    });
  requireValue(layer, 'axis', [-1, input.length, [input.length]]);
  for (const part of ['gamma', 'beta'])
    for (const kind of ['regularizer', 'constraint']) requireValue(layer, `${part}_${kind}`, [null]);
  for (const key of ['center', 'scale']) requireValue(layer, key, [true]);
  // Without the digits that the difference of two binary fractions has.
  const momentum = Number((1 - numberOf(layer, 'momentum')).toPrecision(12));
  const tensor = (name: string, kerasName: string) => ({
    name,
    kerasName,
    shape: [input[input.length - 1]!],
    ...(input.length === 1 && { outputAxis: 0 }),
  });
  return {
    layer: { type: 'batchNormalization', momentum, epsilon: numberOf(layer, 'epsilon') },
    tensors: [
      tensor('weight', 'gamma'),
      tensor('bias', 'beta'),
      tensor('running_mean', 'moving_mean'),
      tensor('running_var', 'moving_variance'),
    ],
  };
};
