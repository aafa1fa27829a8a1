// A model of Keras's or TensorFlow.js's as a network of ours, and where its weights come from.
import { MAX_VALUES } from '../layers/definition/layerKeys.js';
import { formatShape, type LayerShape, shapeSize } from '../layers/definition/layerShape.js';
import { activationOf, type Layer, outputShape } from '../layers/layers.js';
import { type FlatOrder, isSameOrder, orderOf } from './flatOrder.js';
import { type ActivationKeys, requireOrdinary } from './kerasConfig.js';
import { type KerasPlace, kerasError } from './kerasError.js';
import type { KerasTensor } from './kerasLayerReader.js';
import { readerOf } from './kerasLayers.js';
import { type KerasLayer, readKerasModel } from './kerasModel.js';
import type { TensorSource } from './kerasTensors.js';

/** What became of a model. */
export interface KerasArchitecture {
  /** For `checkArchitecture`. */
  readonly architecture: {
    readonly name: string;
    readonly input: readonly number[];
    readonly encoder: readonly Layer[];
    readonly decoder: readonly Layer[];
  };
  /** By the names of the network's tensors. */
  readonly tensors: ReadonlyMap<string, TensorSource>;
}

/** A layer on its way from Keras's network into ours. */
interface Step {
  readonly place: KerasPlace;
  readonly layerName: string;
  /** Of the encoder, or of the decoder, where there are two models. */
  readonly part: number;
  layer: Layer;
  readonly output: LayerShape;
  readonly tensors: readonly KerasTensor[];
  readonly inputOrder: FlatOrder | undefined;
  outputOrder: FlatOrder | undefined;
}

/** As many as an encoder and a decoder may have together, some of them activations. */
const MOST_LAYERS = 256;

/**
 * Reads a model of layers that Millrace has. Where it is two models, they are encoder and decoder; otherwise the encoder ends with
 * the first layer whose output is the smallest.
 *
 * @param value what a JSON file held
 * @throws ArchitectureError that names the layer, what was expected and found
 */
export function readKerasArchitecture(value: unknown, path: string | undefined): KerasArchitecture {
  const model = readKerasModel(value, path);
  const place: KerasPlace = { path, layer: '', className: 'model' };
  const input = imageOf(model.input, place);
  requireFew(model.parts, place);
  const chain = new Chain(place, input);
  if (model.input.length === 1) chain.add({ type: 'flatten' });
  else if (model.input.length === 2) chain.shape = model.input;
  for (const [part, layers] of model.parts.entries()) for (const layer of layers) chain.read(layer, part);
  if (chain.shape.length === 1 && shapeSize(chain.shape) === shapeSize(input))
    chain.add({ type: 'reshape', targetShape: input }, model.parts.length - 1);
  const { steps } = chain;
  const end = model.parts.length === 2 ? steps.findIndex(({ part }) => part === 1) : splitOf(steps, place);
  const lists = { encoder: steps.slice(0, end), decoder: end < 0 ? [] : steps.slice(end) };
  return {
    architecture: {
      name: model.name,
      input,
      encoder: lists.encoder.map(({ layer }) => layer),
      decoder: lists.decoder.map(({ layer }) => layer),
    },
    tensors: new Map(
      Object.entries(lists).flatMap(([list, parts]) =>
        parts.flatMap(({ tensors, layerName, inputOrder, outputOrder }, index) =>
          tensors.map((tensor): [string, TensorSource] => [
            `${list}.${index}.${tensor.name}`,
            { layerName, tensor, inputOrder, outputOrder },
          ]),
        ),
      ),
    ),
  };
}

/** Layers in the order of the data, with the shape and the order of what has come out of them so far. */
class Chain {
  readonly steps: Step[] = [];
  /** In Keras's eyes: an image may come without its channel. */
  shape: LayerShape;
  readonly #place: KerasPlace;
  #order: FlatOrder | undefined;
  /** The dense layer whose output the flat vector still is, and what has gone over its values since; none where there is no such layer. */
  #producers: Step[] = [];

  constructor(place: KerasPlace, shape: LayerShape) {
    this.#place = place;
    this.shape = shape;
  }

  read(keras: KerasLayer, part: number): void {
    requireOrdinary(keras);
    const read = readerOf(keras)(keras, this.shape);
    if ('follows' in read) this.#fold(read.follows, keras, part);
    else this.add(read.layer, part, keras, read.tensors);
  }

  add(layer: Layer, part = 0, keras?: KerasLayer, tensors: readonly KerasTensor[] = []): void {
    const place = keras ?? this.#place;
    const ours = layer.type === 'reshape' ? { ...layer, targetShape: withChannel(layer.targetShape) } : layer;
    const step: Step = {
      place,
      layerName: keras?.name ?? '',
      part,
      layer: ours,
      output: outputShape(ours, withChannel(this.shape), { path: place.path, name: place.layer }),
      tensors,
      inputOrder: this.#order,
      outputOrder: undefined,
    };
    this.#reorder(step);
    this.shape = layer.type === 'reshape' ? layer.targetShape : step.output;
    this.steps.push(step);
  }

  /** How values are ordered after a step. */
  #reorder(step: Step): void {
    const { layer } = step;
    const isFlat = this.shape.length === 1;
    const order = isFlat ? this.#order : orderOf(withChannel(this.shape));
    if (layer.type === 'dense' || layer.type === 'globalAveragePooling2d') {
      this.#order = undefined;
      this.#producers = layer.type === 'dense' ? [step] : [];
      return;
    }
    if (!isFlat) this.#producers = [];
    if (step.output.length === 1) {
      this.#order = order;
      step.outputOrder = order;
      if (step.tensors.length > 0 && this.#producers.length > 0) this.#producers.push(step);
      return;
    }
    if (layer.type !== 'reshape') return;
    const wanted = orderOf(step.output);
    if (isSameOrder(order, wanted)) return;
    if (this.#producers.length === 0)
      throw kerasError('ARCHITECTURE_SHAPE', step.place, {
        expected: 'a reshape after a Dense, or back to the image that was flattened',
        actual: `${formatShape(this.shape)} → ${formatShape(step.output)}`,
        advice: 'Keras lays values out by row, column, channel, Millrace by channel: put a Dense between.',
      });
    for (const producer of this.#producers) producer.outputOrder = wanted;
  }

  /** Puts an activation into the layer that it follows, also where layers in between only move values or take the largest. */
  #fold(keys: ActivationKeys, keras: KerasLayer, part: number): void {
    const { activation } = keys;
    if (activation === undefined) return;
    const passes = INCREASING.includes(activation) ? [...MOVERS, 'maxPooling2d'] : MOVERS;
    const before = this.steps.findLast(({ layer }) => !passes.includes(layer.type));
    const own = before?.part === part ? activationOf(before.layer) : undefined;
    if (before === undefined || own !== 'linear')
      throw kerasError('ARCHITECTURE_LAYER', keras, {
        expected: 'an activation after a convolution or a Dense that has none',
        actual: own === undefined ? 'none of them before it' : `${own} there`,
        advice: 'Train the model as it is with fromLayersModel, from a program.',
      });
    before.layer = { ...before.layer, ...keys } as Layer;
  }
}

/** Layers that values go through as they are, so that it is the same before and after. */
const MOVERS: readonly string[] = ['flatten', 'reshape', 'upSampling2d'];

/** Those that leave the largest value the largest. */
const INCREASING: readonly string[] = ['relu', 'leakyRelu', 'elu', 'tanh', 'sigmoid'];

function withChannel(shape: LayerShape): LayerShape {
  return shape.length === 2 ? [...shape, 1] : shape;
}

/** The image that a model takes: flat values are a square one, grey or in colour. */
function imageOf(shape: LayerShape, place: KerasPlace): LayerShape {
  const [values = 0] = shape;
  const side = Math.sqrt(values);
  const colourSide = Math.sqrt(values / 3);
  const image = shape.length > 1 ? withChannel(shape) : (squareOf(side, 1) ?? squareOf(colourSide, 3));
  if (image !== undefined && shapeSize(image) <= MAX_VALUES) return image;
  throw kerasError('ARCHITECTURE_SHAPE', place, {
    expected: `an input of at most ${MAX_VALUES} values, flat only where they make a square image, grey or of three colours`,
    actual: formatShape(shape),
    advice: 'Give the model images as input, and a Flatten as its first layer.',
  });
}

function squareOf(side: number, channels: number): LayerShape | undefined {
  return Number.isInteger(side) ? [side, side, channels] : undefined;
}

/** Where the decoder begins: after the first of the smallest outputs. */
function splitOf(steps: readonly Step[], place: KerasPlace): number {
  const sizes = steps.slice(0, -1).map(({ output }) => shapeSize(output));
  if (sizes.length > 0) return sizes.indexOf(Math.min(...sizes)) + 1;
  throw kerasError('ARCHITECTURE_LAYER', place, {
    expected: 'at least two layers, an encoder and a decoder',
    actual: `${steps.length}`,
    advice: 'Add layers to the model.',
  });
}

function requireFew(parts: readonly (readonly KerasLayer[])[], place: KerasPlace): void {
  const layers = parts.reduce((sum, { length }) => sum + length, 0);
  if (layers <= MOST_LAYERS) return;
  throw kerasError('ARCHITECTURE_LAYER', place, {
    expected: `at most ${MOST_LAYERS} layers`,
    actual: `${layers}`,
    advice: 'This is probably not the file that was meant.',
  });
}
