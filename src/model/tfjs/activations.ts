import * as tf from '@tensorflow/tfjs-core';
import { type Activation, NEGATIVE_SLOPE } from '../activations.js';

/** As much of a layer as says what follows its sums. */
interface ActivatedLayer {
  readonly activation?: Activation | undefined;
  readonly negativeSlope?: number | undefined;
}

const activations: Readonly<Record<Activation, (x: tf.Tensor, layer: ActivatedLayer) => tf.Tensor>> = {
  linear: (x) => x,
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  leakyRelu: (x, { negativeSlope = NEGATIVE_SLOPE }) => tf.leakyRelu(x, negativeSlope),
  elu: tf.elu,
  gelu,
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
};

/** A layer's sums with its bias, if it has one, and its activation after them. */
export function activated(layer: ActivatedLayer, sums: tf.Tensor, bias: tf.Tensor | undefined): tf.Tensor {
  return activations[layer.activation ?? 'linear'](bias === undefined ? sums : tf.add(sums, bias), layer);
}

/** x times the share of a normal distribution below it: the exact form, as in PyTorch, not the one by tanh. */
function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))));
}
