import { activationOf, countOf, requireValue } from '../kerasConfig.js';
import { kerasError } from '../kerasError.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** `kernel` is `[in, out]`. Of images it is a convolution of single pixels. */
export const dense: KerasLayerReader = (layer, input) => {
  requireValue(layer, 'use_bias', [true]);
  const units = countOf(layer, 'units');
  const depth = input[input.length - 1]!;
  if (input.length === 2)
    throw kerasError('ARCHITECTURE_SHAPE', layer, {
      expected: 'a flat input, or an image with channels',
      actual: input.join('×'),
      advice: 'Put a Flatten before it, and save the model again.',
    });
  const bias = { name: 'bias', kerasName: 'bias', shape: [units] };
  const kernel = { name: 'weight', kerasName: 'kernel', shape: [depth, units] };
  if (input.length === 3)
    return {
      layer: { type: 'conv2d', filters: units, kernelSize: 1, ...activationOf(layer) },
      tensors: [{ ...kernel, axes: [1, 0] }, bias],
    };
  return {
    layer: { type: 'dense', units, ...activationOf(layer) },
    tensors: [
      { ...kernel, axes: [1, 0], inputAxis: 0, outputAxis: 1 },
      { ...bias, outputAxis: 0 },
    ],
  };
};
