// What reading one class of Keras's layers takes.
import type { LayerShape } from '../layers/definition/layerShape.js';
import type { Layer } from '../layers/layers.js';
import type { ActivationKeys } from './kerasConfig.js';
import type { KerasLayer } from './kerasModel.js';

/** How a tensor of ours is made of one of Keras's. */
export interface KerasTensor {
  /** e.g. `weight`: what the layer's tensor is called here. */
  readonly name: string;
  /** e.g. `kernel`: what Keras calls it. */
  readonly kerasName: string;
  /** In Keras's layout. */
  readonly shape: readonly number[];
  /** Which of Keras's axes become ours, in our order. @default as they are */
  readonly axes?: readonly number[];
  /** Which of Keras's axes count the values of a flat input, and of a flat output, whose order may change. */
  readonly inputAxis?: number;
  readonly outputAxis?: number;
}

/** A layer of Keras's as one of ours. */
export interface ReadLayer {
  readonly layer: Layer;
  readonly tensors?: readonly KerasTensor[];
}

/** What a class of layers becomes: a layer, or an activation of the layer before. */
export type KerasLayerReader = (
  layer: KerasLayer,
  input: LayerShape,
) => ReadLayer | { readonly follows: ActivationKeys };
