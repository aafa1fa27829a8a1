import * as tf from '@tensorflow/tfjs-core';
import { flatten } from './flatten.js';
import type { LayerCall } from './layerCall.js';

export function reshape({ input, outputShape: [height = 0, width, channels] }: LayerCall<'reshape'>): tf.Tensor {
  const flat = flatten({ input });
  if (width === undefined || channels === undefined) return flat;
  return tf.transpose(tf.reshape(flat, [flat.shape[0]!, channels, height, width]), [0, 2, 3, 1]);
}
