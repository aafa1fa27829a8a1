import * as tf from '@tensorflow/tfjs-core';

type Pair = readonly [height: number, width: number];

/**
 * PyTorch's weight as TensorFlow's filter. A kernel of 1 at larger strides gets zeros after it, because its Conv2DBackpropFilter in
 * TensorFlow 2.15 corrupts memory when the number of images is odd.
 */
export function toFilter(weight: tf.Tensor, kernel: Pair, strides: Pair): tf.Tensor4D {
  const filter = tf.transpose(weight as tf.Tensor4D, [2, 3, 1, 0]);
  const [rows, columns] = kernel.map((side, at) => (side === 1 && strides[at]! > 1 ? 1 : 0)) as [number, number];
  if (rows + columns === 0) return filter;
  return tf.pad(filter, [
    [0, rows],
    [0, columns],
    [0, 0],
    [0, 0],
  ]);
}
