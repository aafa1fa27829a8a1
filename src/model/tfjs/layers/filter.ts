import * as tf from '@tensorflow/tfjs-core';

/**
 * PyTorch's weight as TensorFlow's filter. Kernel 1 at larger strides gets a row and a column of zeros, because its
 * Conv2DBackpropFilter in TensorFlow 2.15 corrupts memory when the number of images is odd.
 */
export function toFilter(
  { kernelSize, strides = 1 }: { readonly kernelSize: number; readonly strides?: number | undefined },
  weight: tf.Tensor,
): tf.Tensor4D {
  const filter = tf.transpose(weight as tf.Tensor4D, [2, 3, 1, 0]);
  if (kernelSize > 1 || strides === 1) return filter;
  return tf.pad(filter, [
    [0, 1],
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
}
