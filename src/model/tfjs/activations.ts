import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../activations.js';

const activations: Readonly<Record<Activation, (x: tf.Tensor) => tf.Tensor>> = {
  linear: (x) => x,
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
};

/** A layer's sums with its bias, and its activation after them. */
export function activated(
  { activation = 'linear' }: { readonly activation?: Activation | undefined },
  sums: tf.Tensor,
  bias: tf.Tensor,
): tf.Tensor {
  return activations[activation](tf.add(sums, bias));
}
