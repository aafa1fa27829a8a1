// Conv2DBackpropFilter: dW[i, j, c, o] = Σ x[n, i + s·y, j + s·x, c] · dy[n, y, x, o]. That is itself a convolution, of x
// with dy as its filter: channels in the place of items, items in that of channels, the stride s as the dilation. So
// XNNPACK computes it. All tensors are NHWC, filters [height, width, in, out].
import * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './kernelCall.js';

export function filterGradient({ inputs, attrs }: KernelCall): tf.TensorInfo {
  const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  const shape = filterShape as tf.Tensor4D['shape'];
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
    ...([x.shape, shape, strides, 1, pad, dimRoundingMode] as const),
  );
  const { top, bottom, left, right } = padInfo;
  const [height, width, channels, filters] = shape;
  return tf.tidy(() => {
    const images = tf.transpose(x, [3, 1, 2, 0]);
    const filter = tf.transpose(dy, [1, 2, 0, 3]);
    const padding: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    const gradient = tf.conv2d(images, filter, 1, padding, 'NHWC', [strideHeight, strideWidth]);
    // Rows and columns that the stride left over give sums beyond the filter's border.
    const withinFilter = tf.slice(gradient, [0, 0, 0, 0], [channels, height, width, filters]);
    return tf.transpose(withinFilter, [1, 2, 0, 3]);
  });
}
