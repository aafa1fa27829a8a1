import * as tf from '@tensorflow/tfjs-core';
import { standardNormal } from '../../layers/definition/trainingNoise.js';
import type { LayerCall } from './layerCall.js';
import { noiseTensor } from './noiseTensor.js';

export function variational({ name, input, training }: LayerCall<'variational'>): tf.Tensor {
  const [mean, logVariance] = tf.split(input, 2, 1) as [tf.Tensor, tf.Tensor];
  if (training === undefined) return mean;
  const deviation = tf.exp(tf.mul(logVariance, 0.5));
  return tf.add(mean, tf.mul(deviation, noiseTensor(mean.shape, { name, training }, standardNormal)));
}
