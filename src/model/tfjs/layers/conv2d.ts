import * as tf from '@tensorflow/tfjs-core';
import { activated } from '../activations.js';
import { toFilter } from './filter.js';
import type { LayerCall } from './layerCall.js';

export function conv2d({ layer, input, weights }: LayerCall<'conv2d'>): tf.Tensor {
  const { kernelSize, strides = 1, padding = 'valid' } = layer;
  // toFilter widens kernel 1 at strides 2; with 'same' it still reaches the last row and column.
  const pad = kernelSize < strides ? 'same' : padding;
  return activated(layer, tf.conv2d(input as tf.Tensor4D, toFilter(layer, weights[0]!), strides, pad), weights[1]!);
}
