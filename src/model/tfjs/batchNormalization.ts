import * as tf from '@tensorflow/tfjs-core';
import type { BatchStatistics } from '../runningStatistics.js';

/**
 * Each channel with mean 0 and variance 1, then scaled and shifted.
 * @param weights scale, shift, running mean and running variance
 * @param observe takes the statistics of the batch, by which a network that learns is normalized @default by the running ones
 */
export function normalizeBatch(
  input: tf.Tensor,
  [scale, shift, runningMean, runningVariance]: readonly tf.Tensor[],
  epsilon: number,
  observe?: (statistics: BatchStatistics) => void,
): tf.Tensor {
  if (observe === undefined) return normalized(input, runningMean!, runningVariance!);
  const mean = channelMeans(input);
  const variance = channelMeans(tf.square(tf.sub(input, mean)));
  const count = input.size / mean.size;
  observe({ mean: mean.dataSync<'float32'>(), variance: variance.dataSync<'float32'>(), count });
  return normalized(input, mean, variance);

  function normalized(x: tf.Tensor, center: tf.Tensor, spread: tf.Tensor): tf.Tensor {
    const deviation = tf.sqrt(tf.add(spread, epsilon));
    return tf.add(tf.mul(tf.div(tf.sub(x, center), deviation), scale!), shift!);
  }
}

/** Image by image first, since a float32 sum over a whole batch loses digits. */
function channelMeans(x: tf.Tensor): tf.Tensor {
  return tf.mean(x.rank === 4 ? tf.mean(x, [1, 2]) : x, 0);
}
