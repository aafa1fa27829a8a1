// What each layer is in the classes of Keras that TensorFlow.js reads. Images are NHWC.
import { type Activation, NEGATIVE_SLOPE } from '../../../model/activations.js';
import type { NetworkLayer } from '../../../model/architecture.js';
import type { NamedTensors, Tensor } from '../../../model/engine.js';
import { normalizationSettings } from '../../../model/layers/batchNormalization.js';
import { bordersOf } from '../../../model/layers/definition/borders.js';
import { sidesOf } from '../../../model/layers/definition/sides.js';
import type { LayerOf, LayerType } from '../../../model/layers/layers.js';
import type { ActivationKeys } from '../activationKeys.js';
import { channelsFirst } from '../networkPart.js';
import { interpolation } from './interpolation.js';
import { transposeTensor } from './transposeTensor.js';

/** One layer of a LayersModel. */
export interface KerasLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** By the names that Keras gives them in the layer. */
  readonly weights?: Readonly<Record<string, Tensor>>;
  /** The earlier layer of ours that it takes beside its input. */
  readonly reads?: string;
}

interface Call<Type extends LayerType> extends Omit<NetworkLayer, 'layer' | 'weights'> {
  readonly layer: LayerOf<Type>;
  /** As PyTorch lays them out. */
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  /** The running mean and variance of a normalization. */
  readonly statistics: readonly Tensor[];
}

type Entry<Type extends LayerType> = (call: Call<Type>) => readonly KerasLayer[];

/** Beyond, TensorFlow.js's rounding takes the wrong neighbour at some sizes (41, 47, 49). */
const MOST_REPEATED = 40;
const CHANNELS_FIRST = permuted(3, 1, 2);
const CHANNELS_LAST = permuted(2, 3, 1);
const FLATTEN: KerasLayer = { className: 'Flatten', config: {} };

const layers: { readonly [Type in LayerType]: Entry<Type> } = {
  conv2d: ({ layer, weight, bias }) => convolution('Conv2D', layer, transposeTensor(weight, [2, 3, 1, 0]), bias),
  // As input and output change places, so do the axes: in both libraries.
  conv2dTranspose: ({ layer, weight, bias }) =>
    convolution('Conv2DTranspose', layer, transposeTensor(weight, [2, 3, 1, 0]), bias),
  maxPooling2d: ({ layer }) => [pool('MaxPooling2D', layer.poolSize)],
  averagePooling2d: ({ layer }) => [pool('AveragePooling2D', layer.poolSize)],
  upSampling2d({ layer, inputShape: [height = 0, width = 0] }) {
    const { size } = layer;
    const isNearest = layer.interpolation !== 'bilinear';
    if (isNearest && size <= MOST_REPEATED)
      return [{ className: 'UpSampling2D', config: { size: [size, size], interpolation: 'nearest' } }];
    // TensorFlow.js takes corners for centers in its own. A dense layer works along the last axis: the width, then the height.
    return [
      permuted(1, 3, 2),
      alongLastAxis(interpolation(width, size, isNearest)),
      permuted(3, 2, 1),
      alongLastAxis(interpolation(height, size, isNearest)),
      permuted(3, 1, 2),
    ];
  },
  flatten: ({ inputShape }) => (inputShape.length === 1 ? [] : [CHANNELS_FIRST, FLATTEN]),
  dense: ({ layer, weight, bias }) => [
    {
      className: 'Dense',
      config: { units: layer.units, use_bias: bias !== undefined, activation: 'linear' },
      weights: named(transposeTensor(weight, [1, 0]), bias),
    },
    ...activated(layer),
  ],
  reshape({ inputShape, outputShape }) {
    const reshaped = { className: 'Reshape', config: { target_shape: channelsFirst(outputShape) } };
    return [
      ...(inputShape.length === 1 ? [] : [CHANNELS_FIRST]),
      reshaped,
      ...(outputShape.length === 1 ? [] : [CHANNELS_LAST]),
    ];
  },
  dropout: ({ layer: { rate } }) => [{ className: 'Dropout', config: { rate } }],
  gaussianNoise: ({ layer }) => [{ className: 'GaussianNoise', config: { stddev: layer.standardDeviation } }],
  activityRegularization: () => [],
  // Keras has no layer that takes a part: a matrix lets the means through.
  variational: ({ inputShape: [values = 0], outputShape: [latents = 0] }) => [alongLastAxis(firstOf(values, latents))],
  zeroPadding2d: ({ layer }) => [{ className: 'ZeroPadding2D', config: { padding: bordersOf(layer.padding) } }],
  cropping2d: ({ layer }) => [{ className: 'Cropping2D', config: { cropping: bordersOf(layer.cropping) } }],
  batchNormalization({ layer, weight, bias, statistics: [mean, variance] }) {
    const { momentum, epsilon } = normalizationSettings(layer);
    // Keras's momentum is what a batch leaves of the statistics, ours what it replaces.
    const config = { axis: -1, momentum: 1 - momentum, epsilon, center: true, scale: true };
    const weights = { gamma: weight, beta: bias!, moving_mean: mean!, moving_variance: variance! };
    return [{ className: 'BatchNormalization', config, weights }, ...activated(layer)];
  },
  add: ({ layer }) => [{ className: 'Add', config: {}, reads: layer.from }],
  concatenate: ({ layer }) => [{ className: 'Concatenate', config: { axis: -1 }, reads: layer.from }],
  globalAveragePooling2d: () => [{ className: 'GlobalAveragePooling2D', config: {} }],
};

/** A layer in Keras's classes: one, several, or none where it changes nothing. */
export function kerasLayers({ weights, ...of }: NetworkLayer, tensors: NamedTensors): readonly KerasLayer[] {
  const [weight, bias, ...statistics] = weights.map(({ name }) => tensors.get(name)!);
  // Each takes the layers of its own type, which TypeScript cannot tell of a table.
  const entry = layers[of.layer.type] as Entry<LayerType>;
  return entry({ ...of, weight: weight!, bias, statistics });
}

const activations: Readonly<Record<Activation, (keys: ActivationKeys) => readonly KerasLayer[]>> = {
  linear: () => [],
  relu: () => [activation('relu')],
  tanh: () => [activation('tanh')],
  sigmoid: () => [activation('sigmoid')],
  leakyRelu: ({ negativeSlope = NEGATIVE_SLOPE }) => [{ className: 'LeakyReLU', config: { alpha: negativeSlope } }],
  elu: () => [activation('elu')],
  gelu: () => [activation('gelu')],
  silu: () => [activation('swish')],
};

function activated(layer: ActivationKeys): readonly KerasLayer[] {
  return activations[layer.activation ?? 'linear'](layer);
}

function activation(name: string): KerasLayer {
  return { className: 'Activation', config: { activation: name } };
}

function convolution(
  className: string,
  layer: LayerOf<'conv2d' | 'conv2dTranspose'>,
  kernel: Tensor,
  bias: Tensor | undefined,
): readonly KerasLayer[] {
  const config = {
    filters: layer.filters,
    kernel_size: sidesOf(layer.kernelSize),
    strides: sidesOf(layer.strides ?? 1),
    padding: layer.padding ?? 'valid',
    use_bias: bias !== undefined,
    activation: 'linear',
  };
  return [{ className, config, weights: named(kernel, bias) }, ...activated(layer)];
}

function pool(className: string, size: number): KerasLayer {
  return { className, config: { pool_size: [size, size], strides: [size, size], padding: 'valid' } };
}

function permuted(...dims: readonly number[]): KerasLayer {
  return { className: 'Permute', config: { dims } };
}

/** What is no weight, and must not be trained. */
function alongLastAxis(kernel: Tensor): KerasLayer {
  const config = { units: kernel.shape[1], use_bias: false, activation: 'linear', trainable: false };
  return { className: 'Dense', config, weights: { kernel } };
}

/** The matrix that of so many values lets the first ones through. */
function firstOf(values: number, count: number): Tensor {
  const data = new Float32Array(values * count);
  for (let at = 0; at < count; at++) data[at * count + at] = 1;
  return { shape: [values, count], data };
}

function named(kernel: Tensor, bias: Tensor | undefined): Readonly<Record<string, Tensor>> {
  return { kernel, ...(bias !== undefined && { bias }) };
}
