import * as tf from '@tensorflow/tfjs-core';
import { dropoutFactor } from '../../layers/dropout.js';
import type { LayerCall } from './layerCall.js';
import { noiseTensor } from './noiseTensor.js';

export function dropout({ layer, name, input, training }: LayerCall<'dropout'>): tf.Tensor {
  if (training === undefined) return input;
  return tf.mul(
    input,
    noiseTensor(input.shape, { name, training }, (word) => dropoutFactor(layer, word)),
  );
}
