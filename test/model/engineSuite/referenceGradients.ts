// One training step of `referenceNetwork.ts`'s network, forward and back: float64, plain loops, every gradient. Zeros count:
// NaN or infinity times zero is NaN, padding included. Where PyTorch takes instead of multiplying, so does this: relu's and
// max pooling's gradients are zero where they do not pass.
import type { Network, NetworkLayer } from '../../../src/model/architecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import type { Conv2d } from '../../../src/model/layers/conv2d.js';
import type { Conv2dTranspose } from '../../../src/model/layers/conv2dTranspose.js';
import { bordersOf } from '../../../src/model/layers/definition/borders.js';
import { sidesOf } from '../../../src/model/layers/definition/sides.js';
import type { Dense } from '../../../src/model/layers/dense.js';
import {
  type Disturbance,
  disturbed,
  drawn,
  FIRST_UPDATE,
  neighbours,
  normalDensity,
  normalShare,
  referenceDivergenceWeight,
  referenceMaps,
  referenceOutput,
  referencePenalties,
  sigmoid,
  skippedPlace,
} from './referenceNetwork.js';
import {
  channelStatistics,
  isNormalization,
  type NormalizationLayer,
  normalizationBackward,
  normalizedReference,
} from './referenceNormalization.js';

type Values = Float64Array;
type Gradients = ReadonlyMap<string, Values>;

export interface ReferenceStep {
  readonly loss: number;
  readonly latents: readonly number[];
  readonly output: readonly number[];
  readonly gradients: Gradients;
}

/** @param target what the output is compared with, laid out as `pixels` */
export function referenceStep(
  network: Network,
  weights: NamedTensors,
  { pixels, length, target = pixels }: { pixels: ArrayLike<number>; length: number; target?: ArrayLike<number> },
): ReferenceStep {
  const layers = [...network.encoder, ...network.decoder];
  const gradients = new Map(
    [...weights]
      .filter(([name]) => !name.includes('.running_'))
      .map(([name, { data }]) => [name, new Float64Array(data.length)]),
  );
  const size = pixels.length / length;
  const items = Array.from({ length }, (_, item) =>
    Float64Array.from({ length: size }, (_, at) => pixels[item * size + at]!),
  );
  const maps = referenceMaps(layers, weights, items);
  const differences = maps[layers.length]!.map((output, item) =>
    output.map((value, at) => value - target[item * size + at]!),
  );
  const squares = differences.reduce((sum, each) => each.reduce((total, value) => total + value ** 2, sum), 0);
  const loss = squares / pixels.length + referencePenalties(network, maps) / length;
  const mapGradients = maps.map((map) => map.map((values) => new Float64Array(values.length)));
  mapGradients[layers.length] = differences.map((each) => each.map((difference) => (2 * difference) / pixels.length));
  for (const [at, layer] of [...layers.entries()].toReversed()) {
    const passed = mapGradients[at + 1]!.map((gradient, item) => ({
      x: maps[at]![item]!,
      y: maps[at + 1]![item]!,
      gradient,
      disturbance: { ...FIRST_UPDATE, item },
      network,
      length,
    }));
    const before = isNormalization(layer)
      ? backwardOfBatch(layer, weights, passed, gradients)
      : passed.map((each) => backward(layer, weights, each, gradients));
    accumulate(mapGradients[at]!, before);
    const skipped = skippedPlace(layer, layers);
    if (skipped === undefined) continue;
    const parts = passed.map(({ gradient }) => skippedGradient(layer, gradient));
    accumulate(mapGradients[skipped]!, parts);
  }
  const latents = items.map((item) => referenceOutput(network.encoder, weights, item));
  const output = items.map((item) => referenceOutput(layers, weights, item));
  const flat = (values: readonly Values[]) => values.flatMap((each) => [...each]);
  return { loss, latents: flat(latents), output: flat(output), gradients };
}

/** Item by item. */
function accumulate(sums: readonly Values[], parts: readonly Values[]): void {
  for (const [item, sum] of sums.entries()) for (let at = 0; at < sum.length; at++) sum[at]! += parts[item]![at]!;
}

/** Of what a skip connection reads beside its input: of all values, or of the channels behind the input's own. */
function skippedGradient({ layer, inputShape, outputShape }: NetworkLayer, gradient: Values): Values {
  return layer.type === 'add'
    ? gradient
    : channelsOf(gradient, outputShape.at(-1)!, inputShape.at(-1)!, outputShape.at(-1)!);
}

/** Channels `begin` to `end`, the last one not among them, of a map of so many. */
function channelsOf(map: Values, channels: number, begin: number, end: number): Values {
  return map.filter((_, at) => at % channels >= begin && at % channels < end);
}

interface Passed {
  readonly x: Values;
  readonly y: Values;
  /** Of y. */
  readonly gradient: Values;
  readonly disturbance: Disturbance;
  readonly network: Network;
  /** Items of the batch. */
  readonly length: number;
}

/** Adds to the gradients of a layer's weights. @returns the gradient of x */
function backward(checked: NetworkLayer, weights: NamedTensors, passed: Passed, gradients: Gradients): Values {
  const { name, layer, inputShape, outputShape } = checked;
  switch (layer.type) {
    case 'conv2d':
    case 'conv2dTranspose':
    case 'dense': {
      const sums = referenceOutput(
        [{ ...checked, layer: { ...layer, activation: 'linear', negativeSlope: undefined } }],
        weights,
        passed.x,
      );
      const before = beforeActivation(layer, sums, passed);
      const [weight, weightGradient] = [weights.get(`${name}.weight`)!.data, gradients.get(`${name}.weight`)!];
      const biasGradient = gradients.get(`${name}.bias`);
      if (biasGradient !== undefined)
        for (let at = 0; at < before.length; at++) biasGradient[at % biasGradient.length]! += before[at]!;
      const result = new Float64Array(passed.x.length);
      forEachProduct(checked, (to, from, index) => {
        weightGradient[index]! += before[to]! * (from === undefined ? 0 : passed.x[from]!);
        if (from !== undefined) result[from]! += before[to]! * weight[index]!;
      });
      return result;
    }
    case 'batchNormalization':
      throw new Error('it takes all items at once');
    case 'maxPooling2d':
    case 'averagePooling2d':
      return fromWindows(checked, layer.poolSize, passed);
    case 'globalAveragePooling2d': {
      const [height = 0, width = 0, channels = 0] = inputShape;
      return passed.x.map((_, at) => passed.gradient[at % channels]! / (height * width));
    }
    case 'zeroPadding2d':
    case 'cropping2d': {
      const [[top], [left]] = bordersOf(layer.type === 'cropping2d' ? layer.cropping : layer.padding);
      const sign = layer.type === 'cropping2d' ? -1 : 1;
      const [, width = 0, channels = 0] = inputShape;
      const [outHeight = 0, outWidth = 0] = outputShape;
      return passed.x.map((_, at) => {
        const row = Math.floor(at / (width * channels)) + sign * top;
        const column = (Math.floor(at / channels) % width) + sign * left;
        const isInside = row >= 0 && row < outHeight && column >= 0 && column < outWidth;
        return isInside ? passed.gradient[(row * outWidth + column) * channels + (at % channels)]! : 0;
      });
    }
    case 'upSampling2d': {
      const [, width = 0, channels = 0] = outputShape;
      const result = new Float64Array(passed.x.length);
      if (layer.interpolation === 'bilinear') {
        const [inHeight = 0, inWidth = 0] = inputShape;
        passed.gradient.forEach((value, at) => {
          const [row, column] = [Math.floor(at / (width * channels)), Math.floor(at / channels) % width];
          for (const [y, high] of neighbours(row, layer.size, inHeight))
            for (const [x, wide] of neighbours(column, layer.size, inWidth))
              result[(y * inWidth + x) * channels + (at % channels)]! += value * high * wide;
        });
        return result;
      }
      passed.gradient.forEach((value, at) => {
        const [row, column] = [Math.floor(at / (width * channels)), Math.floor(at / channels) % width];
        const from = Math.floor(row / layer.size) * (width / layer.size) + Math.floor(column / layer.size);
        result[from * channels + (at % channels)]! += value;
      });
      return result;
    }
    case 'add':
      return passed.gradient;
    case 'concatenate':
      return channelsOf(passed.gradient, outputShape.at(-1)!, 0, inputShape.at(-1)!);
    case 'dropout':
    case 'gaussianNoise': {
      const of = disturbed(checked, passed.disturbance);
      return passed.gradient.map((value, place) => value * of(place)[0]);
    }
    case 'activityRegularization':
      return passed.gradient.map((value, at) => value + (layer.l1 * Math.sign(passed.x[at]!)) / passed.length);
    case 'variational': {
      const latents = passed.gradient.length;
      const normal = drawn(checked, passed.disturbance);
      const weight = referenceDivergenceWeight(layer, passed.network.architecture.input) / passed.length;
      return passed.x.map((value, at) => {
        if (at < latents) return passed.gradient[at]! + weight * value;
        const deviation = Math.exp(value / 2);
        const byNoise = passed.gradient[at - latents]! * 0.5 * deviation * normal(at - latents);
        return byNoise + weight * 0.5 * (Math.exp(value) - 1);
      });
    }
    case 'flatten':
    case 'reshape':
      return referenceOutput(
        [{ ...checked, inputShape: outputShape, outputShape: inputShape }],
        weights,
        passed.gradient,
      );
  }
}

/** The same of a layer that takes all items at once. @returns the gradients of each x */
function backwardOfBatch(
  checked: NormalizationLayer,
  weights: NamedTensors,
  passed: readonly Passed[],
  gradients: Gradients,
): readonly Values[] {
  const items = passed.map(({ x }) => x);
  const statistics = channelStatistics(checked, items);
  const before = passed.map((each) =>
    beforeActivation(checked.layer, normalizedReference(checked, weights, each.x, statistics), each),
  );
  return normalizationBackward(checked, weights, { items, before }, gradients);
}

function beforeActivation(
  { activation = 'linear', negativeSlope = 0.01 }: Pick<Dense, 'activation' | 'negativeSlope'>,
  sums: Values,
  { y, gradient }: Passed,
): Values {
  const times = (derivative: (x: number, y: number) => number) =>
    gradient.map((value, at) => value * derivative(sums[at]!, y[at]!));
  switch (activation) {
    case 'linear':
      return gradient;
    case 'relu':
      return gradient.map((value, at) => (y[at]! <= 0 ? 0 : value));
    case 'tanh':
      return times((_, y) => 1 - y ** 2);
    case 'sigmoid':
      return times((_, y) => y * (1 - y));
    case 'leakyRelu':
      return times((x) => (x > 0 ? 1 : negativeSlope));
    case 'elu':
      return times((x, y) => (x > 0 ? 1 : y + 1));
    case 'gelu':
      return times((x) => normalShare(x) + x * normalDensity(x));
    case 'silu':
      return times((x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))));
  }
}

/** Every product of an input value and a weight that an output value is the sum of; no `from` where it is padding. */
function forEachProduct(
  { layer, inputShape, outputShape }: NetworkLayer,
  visit: (to: number, from: number | undefined, weight: number) => void,
): void {
  if (layer.type === 'dense') {
    const [inputs = 0] = inputShape;
    for (let unit = 0; unit < layer.units; unit++)
      for (let from = 0; from < inputs; from++) visit(unit, from, unit * inputs + from);
    return;
  }
  const { type, kernelSize, strides = 1, padding } = layer as Conv2d | Conv2dTranspose;
  const [kernel, steps] = [sidesOf(kernelSize), sidesOf(strides)];
  // A transposed convolution is a plain one whose input and output have changed places.
  const [fine, coarse] = type === 'conv2d' ? [inputShape, outputShape] : [outputShape, inputShape];
  const [fineRows = 0, fineColumns = 0, fineChannels = 0] = fine;
  const [coarseRows = 0, coarseColumns = 0, coarseChannels = 0] = coarse;
  const before = (fineSide: number, coarseSide: number, at: 0 | 1) =>
    padding === 'same' ? Math.floor(Math.max(0, (coarseSide - 1) * steps[at] + kernel[at] - fineSide) / 2) : 0;
  const [top, left] = [before(fineRows, coarseRows, 0), before(fineColumns, coarseColumns, 1)];
  for (let row = 0; row < coarseRows; row++)
    for (let column = 0; column < coarseColumns; column++)
      for (let i = 0; i < kernel[0]; i++)
        for (let j = 0; j < kernel[1]; j++) {
          const [fineRow, fineColumn] = [row * steps[0] + i - top, column * steps[1] + j - left];
          const isInside = fineRow >= 0 && fineRow < fineRows && fineColumn >= 0 && fineColumn < fineColumns;
          if (!isInside && type === 'conv2dTranspose') continue;
          for (let c = 0; c < coarseChannels; c++)
            for (let f = 0; f < fineChannels; f++) {
              const coarseAt = (row * coarseColumns + column) * coarseChannels + c;
              const fineAt = isInside ? (fineRow * fineColumns + fineColumn) * fineChannels + f : undefined;
              const weight = ((c * fineChannels + f) * kernel[0] + i) * kernel[1] + j;
              if (type === 'conv2d') visit(coarseAt, fineAt, weight);
              else visit(fineAt!, coarseAt, weight);
            }
        }
}

function fromWindows({ layer, inputShape, outputShape }: NetworkLayer, size: number, { x, gradient }: Passed): Values {
  const [, width = 0, channels = 0] = inputShape;
  const [, outWidth = 0] = outputShape;
  const result = new Float64Array(x.length);
  gradient.forEach((value, at) => {
    const [row, column] = [Math.floor(at / (outWidth * channels)), Math.floor(at / channels) % outWidth];
    const window = Array.from({ length: size * size }, (_, pixel) => {
      const [y, x] = [row * size + Math.floor(pixel / size), column * size + (pixel % size)];
      return (y * width + x) * channels + (at % channels);
    });
    if (layer.type === 'maxPooling2d') result[winner(window, x)]! += value;
    else for (const from of window) result[from]! += value / window.length;
  });
  return result;
}

/** The first of the largest; NaN wins. */
function winner(window: readonly number[], x: Values): number {
  const unordered = window.find((at) => Number.isNaN(x[at]));
  const largest = Math.max(...window.map((at) => x[at]!));
  return unordered ?? window.find((at) => x[at] === largest)!;
}
