import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

/** In PyTorch's order: channel, row, column. */
export function flatten({ input }: Pick<LayerCall<'flatten'>, 'input'>): tf.Tensor {
  return tf.reshape(input.rank === 4 ? tf.transpose(input, [0, 3, 1, 2]) : input, [input.shape[0]!, -1]);
}
