// What each layer computes, in TensorFlow.js's operations, so that gradients follow. Images are NHWC; weights come as
// PyTorch lays them out.
import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkLayer } from '../architecture.js';
import type { TrainingMoment } from '../layers/definition/trainingNoise.js';
import type { LayerType } from '../layers/layers.js';
import type { BatchStatistics } from '../runningStatistics.js';
import { activityRegularization } from './layers/activityRegularization.js';
import { add } from './layers/add.js';
import { averagePooling2d } from './layers/averagePooling2d.js';
import { batchNormalization } from './layers/batchNormalization.js';
import { concatenate } from './layers/concatenate.js';
import { conv2d } from './layers/conv2d.js';
import { conv2dTranspose } from './layers/conv2dTranspose.js';
import { cropping2d } from './layers/cropping2d.js';
import { dense } from './layers/dense.js';
import { dropout } from './layers/dropout.js';
import { flatten } from './layers/flatten.js';
import { gaussianNoise } from './layers/gaussianNoise.js';
import { globalAveragePooling2d } from './layers/globalAveragePooling2d.js';
import type { LayerCall } from './layers/layerCall.js';
import { maxPooling2d } from './layers/maxPooling2d.js';
import { reshape } from './layers/reshape.js';
import { upSampling2d } from './layers/upSampling2d.js';
import { variational } from './layers/variational.js';
import { zeroPadding2d } from './layers/zeroPadding2d.js';

const layers: { readonly [Type in LayerType]: (call: LayerCall<Type>) => tf.Tensor } = {
  conv2d,
  conv2dTranspose,
  maxPooling2d,
  averagePooling2d,
  upSampling2d,
  flatten,
  dense,
  reshape,
  dropout,
  gaussianNoise,
  zeroPadding2d,
  cropping2d,
  globalAveragePooling2d,
  batchNormalization,
  add,
  concatenate,
  variational,
  activityRegularization,
};

/**
 * One layer on a batch.
 * @param layer with its name and shapes @param input beside it, of a skip connection, the output of the earlier layer
 * @param weights the layer's tensors, in their order
 * @param training which update it is for; nothing where it is for none
 * @param observe takes what a layer that needs statistics has seen of the batch of an update
 */
export function applyLayer(
  { name, layer, outputShape }: NetworkLayer,
  { input, skipped }: Pick<LayerCall<LayerType>, 'input' | 'skipped'>,
  weights: readonly tf.Tensor[],
  training: TrainingMoment | undefined,
  observe?: (statistics: BatchStatistics) => void,
): tf.Tensor {
  // Each takes the layers of its own type, which TypeScript cannot tell of a table.
  const apply = layers[layer.type] as (call: LayerCall<LayerType>) => tf.Tensor;
  return apply({ name, layer, input, skipped, weights, outputShape, training, observe });
}
