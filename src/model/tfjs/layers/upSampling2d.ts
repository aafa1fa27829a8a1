import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

/**
 * Every pixel `size` times in both directions. The gradient, a sum over windows, is written out because
 * ResizeNearestNeighborGrad of tfjs-backend-cpu 4.22 is wrong from the second image on.
 */
export function upSampling2d({ layer: { size }, input }: LayerCall<'upSampling2d'>): tf.Tensor {
  const [, height = 0, width = 0] = input.shape;
  const repeat = tf.customGrad((x) => ({
    // Half pixel centers, since without them rounding takes the wrong neighbour (sizes 41, 47 and 49).
    value: tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height * size, width * size], false, true),
    gradFunc: (dy) => tf.mul(tf.avgPool(dy as tf.Tensor4D, size, size, 'valid'), size * size),
  }));
  return repeat(input);
}
