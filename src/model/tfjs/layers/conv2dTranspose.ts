import * as tf from '@tensorflow/tfjs-core';
import { activated } from '../activations.js';
import { toFilter } from './filter.js';
import type { LayerCall } from './layerCall.js';

export function conv2dTranspose({ layer, input, weights, outputShape }: LayerCall<'conv2dTranspose'>): tf.Tensor {
  const { kernelSize, strides = 1, padding = 'valid' } = layer;
  const [height = 0, width = 0, channels = 0] = outputShape;
  // Without overlap both paddings mean the same, but the wasm backend's gradient is 0 for 'same' (kernel 2, strides 3).
  const pad = kernelSize <= strides ? 'valid' : padding;
  const filter = toFilter(weights[0]!, [kernelSize, kernelSize], [strides, strides]);
  const shape = [input.shape[0]!, height, width, channels] as [number, number, number, number];
  return activated(layer, tf.conv2dTranspose(input as tf.Tensor4D, filter, shape, strides, pad), weights[1]);
}
