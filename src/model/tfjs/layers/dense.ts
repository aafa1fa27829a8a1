import * as tf from '@tensorflow/tfjs-core';
import { activated } from '../activations.js';
import type { LayerCall } from './layerCall.js';

export function dense({ layer, input, weights }: LayerCall<'dense'>): tf.Tensor {
  return activated(layer, tf.matMul(input, weights[0]!, false, true), weights[1]);
}
