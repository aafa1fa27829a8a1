import * as tf from '@tensorflow/tfjs-core';
import { bordersOf } from '../../layers/definition/borders.js';
import type { LayerCall } from './layerCall.js';

export function zeroPadding2d({ layer, input }: LayerCall<'zeroPadding2d'>): tf.Tensor {
  const [rows, columns] = bordersOf(layer.padding);
  return tf.pad(input, [[0, 0], [...rows], [...columns], [0, 0]]);
}
