import { activationOf, countOf, paddingOf, requireValue, sideOf } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** `kernel` is `[kh, kw, in, out]`. */
export const conv2d: KerasLayerReader = (layer, [, , channels = 0]) => {
  requireValue(layer, 'use_bias', [true]);
  requireValue(layer, 'groups', [1]);
  requireValue(layer, 'dilation_rate', [1, [1, 1]]);
  const filters = countOf(layer, 'filters');
  const kernelSize = sideOf(layer, 'kernel_size');
  return {
    layer: {
      type: 'conv2d',
      filters,
      kernelSize,
      strides: sideOf(layer, 'strides', 1),
      padding: paddingOf(layer),
      ...activationOf(layer),
    },
    tensors: [
      { name: 'weight', kerasName: 'kernel', shape: [kernelSize, kernelSize, channels, filters], axes: [3, 2, 0, 1] },
      { name: 'bias', kerasName: 'bias', shape: [filters] },
    ],
  };
};
