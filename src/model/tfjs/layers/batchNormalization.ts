import * as tf from '@tensorflow/tfjs-core';
import { normalizationSettings } from '../../layers/batchNormalization.js';
import { activated } from '../activations.js';
import type { LayerCall } from './layerCall.js';

export function batchNormalization({ layer, input, weights, observe }: LayerCall<'batchNormalization'>): tf.Tensor {
  const [scale, shift, ...running] = weights as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const [mean, variance] = observe === undefined ? running : statisticsOf(input);
  observe?.({
    mean: mean.dataSync<'float32'>(),
    variance: variance.dataSync<'float32'>(),
    count: input.size / mean.size,
  });
  const deviation = tf.sqrt(tf.add(variance, normalizationSettings(layer).epsilon));
  return activated(layer, tf.mul(tf.div(tf.sub(input, mean), deviation), scale), shift);
}

function statisticsOf(batch: tf.Tensor): readonly [mean: tf.Tensor, variance: tf.Tensor] {
  const mean = channelMeans(batch);
  return [mean, channelMeans(tf.square(tf.sub(batch, mean)))];
}

/** Image by image first, since a float32 sum over a whole batch loses digits. */
function channelMeans(x: tf.Tensor): tf.Tensor {
  return tf.mean(x.rank === 4 ? tf.mean(x, [1, 2]) : x, 0);
}
