import * as tf from '@tensorflow/tfjs-core';
import { gaussianNoiseValue } from '../../layers/gaussianNoise.js';
import type { LayerCall } from './layerCall.js';
import { noiseTensor } from './noiseTensor.js';

export function gaussianNoise({ layer, name, input, training }: LayerCall<'gaussianNoise'>): tf.Tensor {
  if (training === undefined) return input;
  return tf.add(
    input,
    noiseTensor(input.shape, { name, training }, (word) => gaussianNoiseValue(layer, word)),
  );
}
