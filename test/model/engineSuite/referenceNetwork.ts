// A network in float64 and plain loops: slow, and easy to check against Keras's and PyTorch's documentation.
import type { Activation } from '../../../src/model/activations.js';
import type { Network, NetworkLayer } from '../../../src/model/architecture.js';
import { bordersOf } from '../../../src/model/layers/definition/borders.js';
import type { LayerShape } from '../../../src/model/layers/definition/layerShape.js';
import { sidesOf } from '../../../src/model/layers/definition/sides.js';
import {
  noiseKey,
  noiseLayer,
  noiseWord,
  standardNormal,
  type TrainingMoment,
} from '../../../src/model/layers/definition/trainingNoise.js';
import { dropoutFactor } from '../../../src/model/layers/dropout.js';
import { type GaussianNoise, gaussianNoiseValue } from '../../../src/model/layers/gaussianNoise.js';
import { activationOf } from '../../../src/model/layers/layers.js';
import type { Variational } from '../../../src/model/layers/variational.js';
import { batchLoss } from '../../../src/model/losses/batchLoss.js';
import type { ChosenLoss } from '../../../src/model/losses/lossOptions.js';
import {
  channelStatistics,
  isNormalization,
  type NormalizationLayer,
  normalizedReference,
  runningReference,
} from './referenceNormalization.js';

/** Values of one item, NHWC without the N, or flat. */
type Values = Float64Array;
/** Named tensors whose values may be float64. */
type Weights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array }>;

/** What layers that disturb values in training depend on. */
export interface Disturbance extends TrainingMoment {
  /** Number in the batch. */
  readonly item: number;
}

/** An engine's first update, where it was created without a seed. */
export const FIRST_UPDATE: TrainingMoment = { seed: 1, step: 0 };

/**
 * What the layers make of one item.
 * @param disturbance of the update it is for; nothing where it is for none
 */
export function referenceOutput(
  layers: readonly NetworkLayer[],
  weights: Weights,
  item: Values,
  disturbance?: Disturbance,
): Values {
  const maps = [item];
  for (const layer of layers) {
    const read = { x: maps[maps.length - 1]!, skipped: skippedMap(layer, layers, maps) };
    maps.push(applyReference(layer, weights, read, disturbance));
  }
  return maps[layers.length]!;
}

/** What goes into each layer in the first update, item by item, and what comes out of the last. */
export function referenceMaps(
  layers: readonly NetworkLayer[],
  weights: Weights,
  items: readonly Values[],
): readonly (readonly Values[])[] {
  const maps: (readonly Values[])[] = [items];
  for (const layer of layers)
    maps.push(learningReference(layer, weights, maps[maps.length - 1]!, skippedMap(layer, layers, maps)));
  return maps;
}

/** Which of the maps a skip connection reads; of a decoder alone it is the first, its input. */
export function skippedPlace({ layer }: NetworkLayer, layers: readonly NetworkLayer[]): number | undefined {
  return 'from' in layer ? layers.findIndex(({ name }) => name === layer.from) + 1 : undefined;
}

function skippedMap<Map>(layer: NetworkLayer, layers: readonly NetworkLayer[], maps: readonly Map[]): Map | undefined {
  const at = skippedPlace(layer, layers);
  return at === undefined ? undefined : maps[at];
}

function learningReference(
  layer: NetworkLayer,
  weights: Weights,
  items: readonly Values[],
  skipped: readonly Values[] | undefined,
): readonly Values[] {
  if (!isNormalization(layer))
    return items.map((x, item) =>
      applyReference(layer, weights, { x, skipped: skipped?.[item] }, { ...FIRST_UPDATE, item }),
    );
  const statistics = channelStatistics(layer, items);
  const activate = activationFunction(layer);
  return items.map((item) => normalizedReference(layer, weights, item, statistics).map(activate));
}

/** What a network loses in its first update on a batch of items against themselves. */
export function referenceLoss(
  network: Network,
  weights: Weights,
  items: readonly Values[],
  loss: Pick<ChosenLoss, 'terms'>,
): number {
  const layers = [...network.encoder, ...network.decoder];
  const shape = network.architecture.input;
  const maps = referenceMaps(layers, weights, items);
  const losses = items.map((target, item) => batchLoss(loss, { output: maps[layers.length]![item]!, target, shape }));
  return (total(losses) + referencePenalties(network, maps)) / items.length;
}

/** What all layers add to the loss, in the first update, summed over the items. @param maps what comes to each layer, item by item */
export function referencePenalties(network: Network, maps: readonly (readonly Values[])[]): number {
  const layers = [...network.encoder, ...network.decoder];
  return total(layers.flatMap((layer, at) => maps[at]!.map((values) => referencePenalty(layer, values, network))));
}

/** What a layer adds to the loss of an image, in the first update. */
function referencePenalty({ layer }: NetworkLayer, values: Values, { architecture }: Network): number {
  if (layer.type === 'activityRegularization') return layer.l1 * total(Array.from(values, Math.abs));
  if (layer.type !== 'variational') return 0;
  const latents = values.length / 2;
  const divergence = Array.from(values.subarray(0, latents), (mean, at) => {
    const logVariance = values[latents + at]!;
    return 0.5 * (mean ** 2 + Math.exp(logVariance) - logVariance - 1);
  });
  return referenceDivergenceWeight(layer, architecture.input) * total(divergence);
}

/** In the first update. */
export function referenceDivergenceWeight({ klWeight = 1, klWarmUp = 0 }: Variational, input: LayerShape): number {
  return klWeight / input.reduce((product, side) => product * side, 1) / Math.max(1, klWarmUp);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * The loss's derivatives by one value of a weight, to its left and its right, the smaller first. They differ where a
 * relu is at its corner.
 */
export function numericalDerivatives(
  network: Network,
  weights: Weights,
  items: readonly Values[],
  { name, index, loss }: { readonly name: string; readonly index: number; readonly loss: Pick<ChosenLoss, 'terms'> },
): readonly [number, number] {
  const { shape, data } = weights.get(name)!;
  const lossAt = (shift: number) => {
    const shifted = Float64Array.from(data, (value, at) => (at === index ? value + shift : value));
    return referenceLoss(network, new Map([...weights, [name, { shape, data: shifted }]]), items, loss);
  };
  const shift = 1e-6;
  const [left, middle, right] = [lossAt(-shift), lossAt(0), lossAt(shift)];
  const derivatives = [(middle - left) / shift, (right - middle) / shift] as const;
  return [Math.min(...derivatives), Math.max(...derivatives)];
}

const activations: Record<Activation, (x: number, slope: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid,
  leakyRelu: (x, slope) => (x > 0 ? x : slope * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  gelu: (x) => x * normalShare(x),
  silu: (x) => x * sigmoid(x),
};

/** A dropped value's factor, or 1; and what is added. Nothing happens outside of training. */
export function disturbed(
  { name, layer }: NetworkLayer,
  disturbance: Disturbance | undefined,
): (place: number) => readonly [factor: number, shift: number] {
  if (disturbance === undefined) return () => [1, 0];
  const key = noiseKey(disturbance, noiseLayer(name), disturbance.item);
  return (place) =>
    layer.type === 'dropout'
      ? [dropoutFactor(layer, noiseWord(key, place)), 0]
      : [1, gaussianNoiseValue(layer as GaussianNoise, noiseWord(key, place))];
}

/** The normal numbers of a variational latent; zero outside of training. */
export function drawn({ name }: NetworkLayer, disturbance: Disturbance | undefined): (place: number) => number {
  if (disturbance === undefined) return () => 0;
  const key = noiseKey(disturbance, noiseLayer(name), disturbance.item);
  return (place) => standardNormal(noiseWord(key, place));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The share of a normal distribution below x, by a series whose terms have one sign. */
export function normalShare(x: number): number {
  if (Math.abs(x) > 9) return x > 0 ? 1 : 0;
  let [term, sum] = [x, x];
  for (let n = 3; n < 400; n += 2) {
    term *= x ** 2 / n;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

export function normalDensity(x: number): number {
  return Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

function activationFunction({ layer }: NetworkLayer): (x: number) => number {
  const { negativeSlope = 0.01 }: { readonly negativeSlope?: number | undefined } = 'activation' in layer ? layer : {};
  return (value) => activations[activationOf(layer) ?? 'linear'](value, negativeSlope);
}

function applyReference(
  checked: NetworkLayer,
  weights: Weights,
  { x, skipped }: { readonly x: Values; readonly skipped: Values | undefined },
  disturbance: Disturbance | undefined,
): Values {
  const { name, layer, inputShape, outputShape } = checked;
  const weight = weights.get(`${name}.weight`);
  const bias = weights.get(`${name}.bias`);
  const activate = activationFunction(checked);
  const output = new Float64Array(outputShape.reduce((product, side) => product * side, 1));
  const [height = 0, width = 0, channels = 0] = inputShape;
  const [outHeight = 0, outWidth = 0, filters = 0] = outputShape;
  const input = (row: number, column: number, channel: number) =>
    row < 0 || row >= height || column < 0 || column >= width ? 0 : x[(row * width + column) * channels + channel]!;
  const fill = (value: (row: number, column: number, channel: number) => number) => {
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let channel = 0; channel < filters; channel++)
          output[(row * outWidth + column) * filters + channel] = value(row, column, channel);
    return output;
  };
  switch (layer.type) {
    case 'conv2d': {
      const { kernelSize, strides = 1, padding } = layer;
      const [[kh, kw], [sh, sw]] = [sidesOf(kernelSize), sidesOf(strides)];
      const top = padding === 'same' ? before(height, outHeight, kh, sh) : 0;
      const left = padding === 'same' ? before(width, outWidth, kw, sw) : 0;
      return fill((row, column, filter) =>
        activate(
          (bias?.data[filter] ?? 0) +
            sum(
              kh,
              kw,
              channels,
              (i, j, c) =>
                weight!.data[((filter * channels + c) * kh + i) * kw + j]! *
                input(row * sh + i - top, column * sw + j - left, c),
            ),
        ),
      );
    }
    case 'conv2dTranspose': {
      const { kernelSize: k, strides: s = 1, padding } = layer;
      const top = padding === 'same' ? before(outHeight, height, k, s) : 0;
      const left = padding === 'same' ? before(outWidth, width, k, s) : 0;
      return fill((row, column, filter) =>
        activate(
          (bias?.data[filter] ?? 0) +
            sum(k, k, channels, (i, j, c) => {
              const [y, x] = [(row + top - i) / s, (column + left - j) / s];
              if (!Number.isInteger(y) || !Number.isInteger(x)) return 0;
              return weight!.data[((c * filters + filter) * k + i) * k + j]! * input(y, x, c);
            }),
        ),
      );
    }
    case 'batchNormalization':
      return normalizedReference(checked as NormalizationLayer, weights, x, runningReference(checked, weights)).map(
        activate,
      );
    case 'maxPooling2d':
      return fill((row, column, c) => Math.max(...pooled(layer.poolSize, row, column, c, input)));
    case 'averagePooling2d':
      return fill((row, column, c) => {
        const values = pooled(layer.poolSize, row, column, c, input);
        return values.reduce((total, value) => total + value, 0) / values.length;
      });
    case 'globalAveragePooling2d':
      return output.map((_, c) => sum(height, width, 1, (row, column) => input(row, column, c)) / (height * width));
    case 'zeroPadding2d': {
      const [[top], [left]] = bordersOf(layer.padding);
      return fill((row, column, c) => input(row - top, column - left, c));
    }
    case 'cropping2d': {
      const [[top], [left]] = bordersOf(layer.cropping);
      return fill((row, column, c) => input(row + top, column + left, c));
    }
    case 'upSampling2d':
      if (layer.interpolation === 'bilinear')
        return fill((row, column, c) =>
          neighbours(row, layer.size, height).reduce(
            (total, [y, high]) =>
              total +
              neighbours(column, layer.size, width).reduce((sum, [x, wide]) => sum + high * wide * input(y, x, c), 0),
            0,
          ),
        );
      return fill((row, column, c) => input(Math.floor(row / layer.size), Math.floor(column / layer.size), c));
    case 'dense':
      return output.map((_, unit) =>
        activate(
          (bias?.data[unit] ?? 0) + sum(1, 1, x.length, (_i, _j, c) => weight!.data[unit * x.length + c]! * x[c]!),
        ),
      );
    case 'add':
      return x.map((value, at) => value + skipped![at]!);
    case 'concatenate': {
      const [all, own] = [outputShape.at(-1)!, inputShape.at(-1)!];
      return output.map((_, at) => {
        const [pixel, channel] = [Math.floor(at / all), at % all];
        return channel < own ? x[pixel * own + channel]! : skipped![pixel * (all - own) + channel - own]!;
      });
    }
    case 'dropout':
    case 'gaussianNoise': {
      const of = disturbed(checked, disturbance);
      return x.map((value, place) => {
        const [factor, shift] = of(place);
        return value * factor + shift;
      });
    }
    case 'activityRegularization':
      return x;
    case 'variational': {
      const normal = drawn(checked, disturbance);
      return output.map((_, at) => x[at]! + Math.exp(x[output.length + at]! / 2) * normal(at));
    }
    case 'flatten':
    case 'reshape':
      return channelsLast(channelsFirst(x, inputShape), outputShape);
  }
}

/** The two pixels that a finer one lies between, and how much of it each is. */
export function neighbours(
  fine: number,
  size: number,
  side: number,
): readonly (readonly [pixel: number, share: number])[] {
  const place = Math.max(0, (fine + 0.5) / size - 0.5);
  const before = Math.floor(place);
  return [
    [before, before + 1 - place],
    [Math.min(before + 1, side - 1), place - before],
  ];
}

/** TensorFlow's 'same': of the padding that is needed, the smaller half comes before. */
function before(side: number, outSide: number, kernelSize: number, strides: number): number {
  return Math.floor(Math.max(0, (outSide - 1) * strides + kernelSize - side) / 2);
}

function sum(a: number, b: number, c: number, term: (i: number, j: number, k: number) => number): number {
  let total = 0;
  for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) for (let k = 0; k < c; k++) total += term(i, j, k);
  return total;
}

function pooled(
  size: number,
  row: number,
  column: number,
  channel: number,
  input: (row: number, column: number, channel: number) => number,
): readonly number[] {
  return Array.from({ length: size * size }, (_, at) =>
    input(row * size + Math.floor(at / size), column * size + (at % size), channel),
  );
}

function channelsFirst(x: Values, [height = 0, width, channels]: LayerShape): Values {
  if (width === undefined || channels === undefined) return x;
  return x.map((_, at) => x[(at % (height * width)) * channels + Math.floor(at / (height * width))]!);
}

function channelsLast(x: Values, [height = 0, width, channels]: LayerShape): Values {
  if (width === undefined || channels === undefined) return x;
  return x.map((_, at) => x[(at % channels) * height * width + Math.floor(at / channels)]!);
}
