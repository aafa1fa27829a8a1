import * as tf from '@tensorflow/tfjs-core';
import type { LayerCall } from './layerCall.js';

export function upSampling2d({ layer, input }: LayerCall<'upSampling2d'>): tf.Tensor {
  return layer.interpolation === 'bilinear' ? interpolated(input, layer.size) : repeated(input, layer.size);
}

/**
 * Every pixel `size` times in both directions. The gradient, a sum over windows, is written out because
 * ResizeNearestNeighborGrad of tfjs-backend-cpu 4.22 is wrong from the second image on.
 */
function repeated(input: tf.Tensor, size: number): tf.Tensor {
  const [, height = 0, width = 0] = input.shape;
  const repeat = tf.customGrad((x) => ({
    // Half pixel centers, since without them rounding takes the wrong neighbour (sizes 41, 47 and 49).
    value: tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height * size, width * size], false, true),
    gradFunc: (dy) => tf.mul(tf.avgPool(dy as tf.Tensor4D, size, size, 'valid'), size * size),
  }));
  return repeat(input);
}

/** Row by row, then column by column, as products of matrices: not every backend has a gradient of its bilinear resize. */
function interpolated(input: tf.Tensor, size: number): tf.Tensor {
  return [1, 2].reduce((x, axis) => alongAxis(x, axis, size), input);
}

function alongAxis(x: tf.Tensor, axis: number, size: number): tf.Tensor {
  const order = [axis, ...[0, 1, 2, 3].filter((other) => other !== axis)];
  const first = tf.transpose(x, order);
  const [side = 0, ...others] = first.shape;
  const product = tf.matMul(interpolation(side, size), tf.reshape(first, [side, -1]));
  return tf.transpose(
    tf.reshape(product, [side * size, ...others]),
    [0, 1, 2, 3].map((one) => order.indexOf(one)),
  );
}

/**
 * What each of the coarse pixels gives to each of the fine ones, whose centers lie at (i + ½) / size − ½; beyond the border the
 * outermost one alone counts.
 */
function interpolation(side: number, size: number): tf.Tensor2D {
  const shares = new Float32Array(side * size * side);
  for (let fine = 0; fine < side * size; fine++) {
    const place = Math.max(0, (fine + 0.5) / size - 0.5);
    const before = Math.floor(place);
    shares[fine * side + before]! += 1 - (place - before);
    shares[fine * side + Math.min(before + 1, side - 1)]! += place - before;
  }
  return tf.tensor2d(shares, [side * size, side]);
}
