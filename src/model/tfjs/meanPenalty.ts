// What layers add to the loss, in plain JavaScript, so that it is the same on every backend.
import * as tf from '@tensorflow/tfjs-core';
import type { Penalty } from '../layers/definition/penalty.js';

/** The mean over all items, before the weight. @param values of items, one after the other */
export function meanPenalty(penalty: Penalty, values: Float32Array, items: number): number {
  return itemsOf(values, items).reduce((sum, item) => sum + penalty.value(item), 0) / items;
}

/** The same of a tensor, times a weight; gradients follow. */
export function weightedPenalty(penalty: Penalty, input: tf.Tensor, weight: number): tf.Scalar {
  const [items = 1] = input.shape;
  const weighted = tf.customGrad((given) => {
    const { shape } = given as tf.Tensor;
    const values = (given as tf.Tensor).dataSync<'float32'>();
    return {
      value: tf.scalar(weight * meanPenalty(penalty, values, items)),
      gradFunc: () => {
        const derivatives = itemsOf(values, items).flatMap((item) => [...penalty.derivatives(item)]);
        return tf.tensor(
          derivatives.map((derivative) => (weight * derivative) / items),
          shape,
        );
      },
    };
  });
  return weighted(input) as tf.Scalar;
}

function itemsOf(values: Float32Array, items: number): readonly Float32Array[] {
  const size = values.length / items;
  return Array.from({ length: items }, (_, item) => values.subarray(item * size, (item + 1) * size));
}
