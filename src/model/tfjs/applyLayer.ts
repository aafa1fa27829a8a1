// What each layer computes, in TensorFlow.js's operations, so that gradients follow. Images are NHWC; weights come as
// PyTorch lays them out.
import * as tf from '@tensorflow/tfjs-core';
import type { Activation, Conv2d, Conv2dTranspose, LayerShape, NetworkLayer } from '../architecture.js';
import type { BatchStatistics } from '../runningStatistics.js';
import { normalizeBatch } from './batchNormalization.js';

const activations: Record<Activation, (x: tf.Tensor) => tf.Tensor> = {
  linear: (x) => x,
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
};

/**
 * One layer on a batch.
 * @param weights weight and bias, and whatever runs along with the training; or nothing
 * @param observe where the network learns: takes what a layer that needs statistics has seen of the batch
 */
export function applyLayer(
  { layer, outputShape }: NetworkLayer,
  input: tf.Tensor,
  weights: readonly tf.Tensor[],
  observe?: (statistics: BatchStatistics) => void,
): tf.Tensor {
  switch (layer.type) {
    case 'conv2d':
      return activated(layer, convolve(layer, input as tf.Tensor4D, weights[0]!), weights[1]!);
    case 'conv2dTranspose':
      return activated(layer, convolveTransposed(layer, input as tf.Tensor4D, weights[0]!, outputShape), weights[1]!);
    case 'dense':
      return activated(layer, tf.matMul(input, weights[0]!, false, true), weights[1]!);
    case 'batchNormalization': {
      const { activation = 'linear', epsilon = 1e-5 } = layer;
      return activations[activation](normalizeBatch(input, weights, epsilon, observe));
    }
    case 'maxPooling2d':
      return tf.maxPool(input as tf.Tensor4D, layer.poolSize, layer.poolSize, 'valid');
    case 'averagePooling2d':
      return tf.avgPool(input as tf.Tensor4D, layer.poolSize, layer.poolSize, 'valid');
    case 'upSampling2d':
      return repeatNearest(input as tf.Tensor4D, layer.size);
    case 'flatten':
      return flatten(input);
    case 'reshape':
      return unflatten(flatten(input), outputShape);
  }
}

function activated({ activation = 'linear' }: { activation?: Activation | undefined }, x: tf.Tensor, bias: tf.Tensor) {
  return activations[activation](tf.add(x, bias));
}

function convolve(layer: Conv2d, input: tf.Tensor4D, weight: tf.Tensor): tf.Tensor {
  const { kernelSize, strides = 1, padding = 'valid' } = layer;
  // toFilter widens kernel 1 at strides 2; with 'same' it still reaches the last row and column.
  const pad = kernelSize < strides ? 'same' : padding;
  return tf.conv2d(input, toFilter(layer, weight), strides, pad);
}

function convolveTransposed(
  layer: Conv2dTranspose,
  input: tf.Tensor4D,
  weight: tf.Tensor,
  [height = 0, width = 0, channels = 0]: LayerShape,
): tf.Tensor {
  const { kernelSize, strides = 1, padding = 'valid' } = layer;
  // Without overlap both paddings mean the same, but the wasm backend's gradient is 0 for 'same' (kernel 2, strides 3).
  const pad = kernelSize <= strides ? 'valid' : padding;
  return tf.conv2dTranspose(input, toFilter(layer, weight), [input.shape[0], height, width, channels], strides, pad);
}

/**
 * PyTorch's weight as TensorFlow's filter. Kernel 1 at larger strides gets a row and a column of zeros, because its
 * Conv2DBackpropFilter in TensorFlow 2.15 corrupts memory when the number of images is odd.
 */
function toFilter({ kernelSize, strides = 1 }: Conv2d | Conv2dTranspose, weight: tf.Tensor): tf.Tensor4D {
  const filter = tf.transpose(weight as tf.Tensor4D, [2, 3, 1, 0]);
  if (kernelSize > 1 || strides === 1) return filter;
  return tf.pad(filter, [
    [0, 1],
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
}

/**
 * Every pixel `size` times in both directions. The gradient, a sum over windows, is written out because
 * ResizeNearestNeighborGrad of tfjs-backend-cpu 4.22 is wrong from the second image on.
 */
function repeatNearest(input: tf.Tensor4D, size: number): tf.Tensor {
  const [, height, width] = input.shape;
  const repeat = tf.customGrad((x) => ({
    // Half pixel centers, since without them rounding takes the wrong neighbour (sizes 41, 47 and 49).
    value: tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height * size, width * size], false, true),
    gradFunc: (dy) => tf.mul(tf.avgPool(dy as tf.Tensor4D, size, size, 'valid'), size * size),
  }));
  return repeat(input);
}

/** In PyTorch's order: channel, row, column. */
function flatten(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x, [x.shape[0]!, -1]);
}

function unflatten(x: tf.Tensor, [height, width, channels]: LayerShape): tf.Tensor {
  if (width === undefined || channels === undefined) return x;
  return tf.transpose(tf.reshape(x, [x.shape[0]!, channels, height!, width]), [0, 2, 3, 1]);
}
