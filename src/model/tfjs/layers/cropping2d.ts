import * as tf from '@tensorflow/tfjs-core';
import { bordersOf } from '../../layers/definition/borders.js';
import type { LayerCall } from './layerCall.js';

export function cropping2d({ layer, input, outputShape }: LayerCall<'cropping2d'>): tf.Tensor {
  const [[top], [left]] = bordersOf(layer.cropping);
  return tf.slice(input, [0, top, left, 0], [input.shape[0]!, ...outputShape]);
}
