// What each layer computes, in TensorFlow.js's operations, so that gradients follow. Images are NHWC; weights come as
// PyTorch lays them out.
import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkLayer } from '../architecture.js';
import type { LayerType } from '../layers/layers.js';
import { add } from './layers/add.js';
import { averagePooling2d } from './layers/averagePooling2d.js';
import { concatenate } from './layers/concatenate.js';
import { conv2d } from './layers/conv2d.js';
import { conv2dTranspose } from './layers/conv2dTranspose.js';
import { dense } from './layers/dense.js';
import { flatten } from './layers/flatten.js';
import type { LayerCall } from './layers/layerCall.js';
import { maxPooling2d } from './layers/maxPooling2d.js';
import { reshape } from './layers/reshape.js';
import { upSampling2d } from './layers/upSampling2d.js';

const layers: { readonly [Type in LayerType]: (call: LayerCall<Type>) => tf.Tensor } = {
  conv2d,
  conv2dTranspose,
  maxPooling2d,
  averagePooling2d,
  upSampling2d,
  flatten,
  dense,
  reshape,
  add,
  concatenate,
};

/**
 * One layer on a batch.
 * @param skipped the output of the earlier layer that it also reads, if any @param weights the layer's tensors, in their order
 */
export function applyLayer(
  { layer, outputShape }: NetworkLayer,
  { input, skipped }: Pick<LayerCall<LayerType>, 'input' | 'skipped'>,
  weights: readonly tf.Tensor[],
): tf.Tensor {
  // Each takes the layers of its own type, which TypeScript cannot tell of a table.
  const apply = layers[layer.type] as (call: LayerCall<LayerType>) => tf.Tensor;
  return apply({ layer, input, skipped, weights, outputShape });
}
