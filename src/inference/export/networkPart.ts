// What is exported: the whole network, its encoder and its decoder, each as a file of its own.
import type { NetworkLayer } from '../../model/architecture.js';
import type { NamedTensors } from '../../model/engine.js';
import { latentSkip } from '../../model/latentSkip.js';
import type { LayerShape } from '../../model/layers/definition/layerShape.js';
import { skippedName } from '../../model/layers/layers.js';
import type { Model } from '../model.js';

/** A chain of layers with its weights. */
export interface NetworkPart {
  readonly name: 'model' | 'encoder' | 'decoder';
  readonly layers: readonly NetworkLayer[];
  /** The layer whose output goes in, which skip connections may read: of a decoder the encoder's last. */
  readonly inputLayer?: string;
  readonly weights: NamedTensors;
  /** False for a decoder that skip connections lead to, past the latents: of these alone it makes no image. */
  readonly isAlone: boolean;
  readonly inputName: 'images' | 'latents';
  readonly outputName: 'latents' | 'reconstruction';
  readonly inputShape: LayerShape;
  readonly outputShape: LayerShape;
}

/** The parts of a model; of one without an encoder its decoder alone. */
export function networkParts(model: Model): readonly NetworkPart[] {
  const { encoder, decoder } = model.network;
  const { inputShape, latentShape } = model;
  const weights = model.weights();
  const decoding: NetworkPart = {
    name: 'decoder',
    layers: decoder,
    inputLayer: encoder[encoder.length - 1]!.name,
    isAlone: latentSkip(model.network) === undefined,
    weights,
    inputName: 'latents',
    outputName: 'reconstruction',
    inputShape: latentShape,
    outputShape: inputShape,
  };
  if (!model.hasEncoder) return [decoding];
  const whole: NetworkPart = {
    name: 'model',
    layers: [...encoder, ...decoder],
    isAlone: true,
    weights,
    inputName: 'images',
    outputName: 'reconstruction',
    inputShape,
    outputShape: inputShape,
  };
  const encoding: NetworkPart = {
    ...whole,
    name: 'encoder',
    layers: encoder,
    outputName: 'latents',
    outputShape: latentShape,
  };
  return [whole, encoding, decoding];
}

/** The layers that skip connections of a part read. */
export function layersRead(layers: readonly NetworkLayer[]): ReadonlySet<string> {
  return new Set(layers.flatMap(({ layer }) => skippedName(layer) ?? []));
}

/** What the images are that go in and come out. */
export const SCALING = 'Images are float32 from 0 to 1: a byte divided by 255. Reconstructions are the same.';

/** A shape as channels come first: `[channels, height, width]`; a flat one stays. */
export function channelsFirst([height = 0, width, channels]: LayerShape): LayerShape {
  return width === undefined || channels === undefined ? [height] : [channels, height, width];
}
