import type * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

/** What it adds to the loss comes from its penalty. */
export function activityRegularization({ input }: LayerCall<'activityRegularization'>): tf.Tensor {
  return input;
}
