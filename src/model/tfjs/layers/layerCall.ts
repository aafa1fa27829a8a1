import type * as tf from '@tensorflow/tfjs-core';
import type { LayerShape } from '../../layers/definition/layerShape.js';
import type { LayerOf, LayerType } from '../../layers/layers.js';
import type { BatchStatistics } from '../../runningStatistics.js';

/** What a layer computes from. */
export interface LayerCall<Type extends LayerType> {
  readonly layer: LayerOf<Type>;
  /** A batch: images NHWC, or rows of units. */
  readonly input: tf.Tensor;
  /** The layer's tensors in the order of its definition, as PyTorch lays them out. */
  readonly weights: readonly tf.Tensor[];
  /** Of one item. */
  readonly outputShape: LayerShape;
  /** Where the network learns: takes the statistics of the batch, and has the layer compute by them. */
  readonly observe?: ((statistics: BatchStatistics) => void) | undefined;
}
