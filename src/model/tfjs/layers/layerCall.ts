import type * as tf from '@tensorflow/tfjs-core';
import type { LayerShape } from '../../layers/definition/layerShape.js';
import type { TrainingMoment } from '../../layers/definition/trainingNoise.js';
import type { LayerOf, LayerType } from '../../layers/layers.js';
import type { BatchStatistics } from '../../runningStatistics.js';

/** What a layer computes from. */
export interface LayerCall<Type extends LayerType> {
  /** e.g. `encoder.0`. */
  readonly name: string;
  readonly layer: LayerOf<Type>;
  /** A batch: images NHWC, or rows of units. */
  readonly input: tf.Tensor;
  /** Output of the earlier layer that it reads beside its input, where it is a skip connection. */
  readonly skipped: tf.Tensor | undefined;
  /** The layer's tensors in the order of its definition, as PyTorch lays them out. */
  readonly weights: readonly tf.Tensor[];
  /** Of one item. */
  readonly outputShape: LayerShape;
  /** Which update it is for; nothing where it is for none. */
  readonly training: TrainingMoment | undefined;
  /** Takes the statistics of the batch of an update, by which the layer then computes. */
  readonly observe?: ((statistics: BatchStatistics) => void) | undefined;
}
