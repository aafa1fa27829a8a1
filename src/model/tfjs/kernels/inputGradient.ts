// Conv2DBackpropInput where XNNPACK does it faster than the backend's own loop. NHWC, filters [height, width, in, out].
import * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './kernelCall.js';

export function inputGradient({ inputs, attrs }: KernelCall): tf.TensorInfo | undefined {
  const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
  const { strides, pad, dimRoundingMode, inputShape } = attrs as unknown as tf.Conv2DBackpropInputAttrs;
  const convolution = tf.backend_util.computeConv2DInfo(
    ...([inputShape, filter.shape, strides, 1, pad, dimRoundingMode] as const),
  );
  const { strideHeight, strideWidth } = convolution;
  if (strideHeight === 1 && strideWidth === 1) return tf.tidy(() => unitStride(dy, filter, convolution));
  if (tiles(convolution)) return tf.tidy(() => tiled(dy, filter, convolution));
  return undefined;
}

/** At stride 1, dx is the convolution of dy with the filter turned by 180°, its in and out exchanged. */
function unitStride(dy: tf.Tensor4D, filter: tf.Tensor4D, { filterHeight, filterWidth, padInfo }: Convolution) {
  const padding: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
    [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
    [0, 0],
  ];
  return tf.conv2d(dy, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, padding);
}

/** Windows side by side: dx is one matrix product, dx[n, s·y + i, s·x + j, c] = Σ dy[n, y, x, o] · W[i, j, c, o]. */
function tiled(dy: tf.Tensor4D, filter: tf.Tensor4D, convolution: Convolution): tf.Tensor {
  const { inShape, inChannels, batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = convolution;
  const weights = tf.reshape(tf.transpose(filter, [3, 0, 1, 2]), [outChannels, -1]);
  const windows = tf.matMul(tf.reshape(dy, [-1, outChannels]), weights);
  const rows = tf.reshape(windows, [batchSize * outHeight, outWidth, strideHeight, strideWidth * inChannels]);
  return tf.reshape(tf.transpose(rows, [0, 2, 1, 3]), inShape);
}

function tiles({ filterHeight, filterWidth, ...convolution }: Convolution): boolean {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth } = convolution;
  return (
    filterHeight === strideHeight &&
    filterWidth === strideWidth &&
    inHeight === outHeight * strideHeight &&
    inWidth === outWidth * strideWidth
  );
}

type Convolution = tf.backend_util.Conv2DInfo;
