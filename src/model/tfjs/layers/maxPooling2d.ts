import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

export function maxPooling2d({ layer, input }: LayerCall<'maxPooling2d'>): tf.Tensor {
  return tf.maxPool(input as tf.Tensor4D, layer.poolSize, layer.poolSize, 'valid');
}
