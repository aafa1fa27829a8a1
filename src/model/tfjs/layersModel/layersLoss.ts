// Losses of a user's model: Millrace's by name, formula by formula, or a function.
import * as tf from '@tensorflow/tfjs-core';
import { chooseLoss } from '../../losses/lossOptions.js';
import { lossOfOutput } from '../network.js';
import { type ChosenLayersModel, CROSS_ENTROPY } from './layersModelOptions.js';

/** As Keras clips probabilities before it takes their logarithm. */
const EPSILON = 1e-7;

/** A loss of a batch: one value. */
export function layersLoss({
  loss,
}: Pick<ChosenLayersModel, 'loss'>): (target: tf.Tensor, output: tf.Tensor) => tf.Scalar {
  if (typeof loss === 'function') {
    const given = loss as unknown as (target: tf.Tensor, output: tf.Tensor) => tf.Tensor;
    return (target, output) => tf.mean(given(target, output));
  }
  if (loss === CROSS_ENTROPY) return crossEntropy;
  const chosen = chooseLoss({ loss });
  return (target, output) => {
    const [, height = 1, width = 1, channels = 1] = output.shape;
    return lossOfOutput({ loss: chosen, areLogits: false, shape: [height, width, channels] }, output, target);
  };
}

/** −log p of the right class, mean over the items. @see Keras's sparse_categorical_crossentropy */
function crossEntropy(labels: tf.Tensor, probabilities: tf.Tensor): tf.Scalar {
  const classes = probabilities.shape.at(-1)!;
  const right = tf.sum(tf.mul(tf.oneHot(labels as tf.Tensor1D, classes), probabilities), -1);
  return tf.neg(tf.mean(tf.log(tf.clipByValue(right, EPSILON, 1 - EPSILON))));
}

/** The share of items whose likeliest class is the right one. */
export function accuracy(labels: tf.Tensor, output: tf.Tensor): number {
  const right = tf.equal(tf.argMax(output, -1), tf.cast(labels, 'int32'));
  return tf.mean(tf.cast(right, 'float32')).dataSync()[0]!;
}
