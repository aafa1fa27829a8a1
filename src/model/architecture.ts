// A network as data: the JSON value, and what a check makes of it.

import { isTrained, type WeightSpec } from './layers/definition/layerDefinition.js';
import { type LayerShape, shapeSize } from './layers/definition/layerShape.js';
import type { Penalty } from './layers/definition/penalty.js';
import type { Layer } from './layers/layers.js';

/** An autoencoder: what `--architecture FILE.json` holds. */
export interface Architecture {
  readonly name: string;
  readonly input: readonly [height: number, width: number, channels: number];
  readonly encoder: readonly Layer[];
  readonly decoder: readonly Layer[];
}

/** A layer in its place. */
export interface NetworkLayer {
  /** e.g. `decoder.1`. */
  readonly name: string;
  readonly layer: Layer;
  readonly inputShape: LayerShape;
  readonly outputShape: LayerShape;
  /** What it learns: weight and bias, a weight alone, or nothing. */
  readonly weights: readonly WeightSpec[];
  /** What it adds to the loss. @default nothing */
  readonly penalty?: Penalty;
}

/** An architecture that passed the check: every shape known, output equal to input. */
export interface Network {
  readonly architecture: Architecture;
  readonly encoder: readonly NetworkLayer[];
  readonly decoder: readonly NetworkLayer[];
  /** The encoder's output. */
  readonly latentShape: LayerShape;
  readonly parameters: number;
}

/** Every weight and bias of a network, in the order of its layers. */
export function weightSpecs({ encoder, decoder }: Network): readonly WeightSpec[] {
  return [...encoder, ...decoder].flatMap(({ weights }) => weights);
}

/** Values of a layer that an optimizer changes. */
export function countParameters({ weights }: Pick<NetworkLayer, 'weights'>): number {
  return weights.filter(isTrained).reduce((sum, { shape }) => sum + shapeSize(shape), 0);
}
