import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

export function globalAveragePooling2d({ input }: LayerCall<'globalAveragePooling2d'>): tf.Tensor {
  return tf.mean(input, [1, 2]);
}
