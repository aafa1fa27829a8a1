import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

export function averagePooling2d({ layer, input }: LayerCall<'averagePooling2d'>): tf.Tensor {
  return tf.avgPool(input as tf.Tensor4D, layer.poolSize, layer.poolSize, 'valid');
}
