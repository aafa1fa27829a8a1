import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

export function add({ input, skipped }: LayerCall<'add'>): tf.Tensor {
  return tf.add(input, skipped!);
}
