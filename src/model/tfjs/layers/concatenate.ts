import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

/** Channels, or units, one after the other. */
export function concatenate({ input, skipped }: LayerCall<'concatenate'>): tf.Tensor {
  return tf.concat([input, skipped!], -1);
}
