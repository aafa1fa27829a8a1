import * as tf from '@tensorflow/tfjs-core';
import { sidesOf } from '../../layers/definition/sides.js';
import { activated } from '../activations.js';
import { toFilter } from './filter.js';
import type { LayerCall } from './layerCall.js';

export function conv2d(call: LayerCall<'conv2d'>): tf.Tensor {
  const { layer, input, weights } = call;
  const [kernel, strides] = [sidesOf(layer.kernelSize), sidesOf(layer.strides ?? 1)];
  const filter = toFilter(weights[0]!, kernel, strides);
  // There the wasm backend of 4.22 shifts what 'same' pads; and the filter may be widened.
  const leavesGaps = kernel.some((size, at) => size < strides[at]!);
  const sums = leavesGaps
    ? tf.conv2d(padded(call, filter), filter, [...strides], 'valid')
    : tf.conv2d(input as tf.Tensor4D, filter, [...strides], layer.padding ?? 'valid');
  return activated(layer, sums, weights[1]);
}

/** With zeros where 'same' has them, and as far behind as a widened filter reaches. */
function padded({ layer, input, outputShape }: LayerCall<'conv2d'>, filter: tf.Tensor4D): tf.Tensor4D {
  const [kernel, strides] = [sidesOf(layer.kernelSize), sidesOf(layer.strides ?? 1)];
  const [rows, columns] = ([0, 1] as const).map((at): [number, number] => {
    const [from, last] = [input.shape[at + 1]!, (outputShape[at]! - 1) * strides[at]];
    const before = layer.padding === 'same' ? Math.floor(Math.max(last + kernel[at] - from, 0) / 2) : 0;
    return [before, Math.max(last + filter.shape[at]! - from - before, 0)];
  }) as [[number, number], [number, number]];
  return tf.pad(input as tf.Tensor4D, [[0, 0], rows, columns, [0, 0]]);
}
