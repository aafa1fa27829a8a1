// Models to export: the presets, and networks unlike them.
import fc from 'fast-check';
import { Model } from '../../../../src/inference/model.js';
import type { Architecture, Network } from '../../../../src/model/architecture.js';
import { checkArchitecture } from '../../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../../src/model/initialWeights.js';
import type { LayerShape } from '../../../../src/model/layers/definition/layerShape.js';
import { createEngine } from '../../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../../src/model/presets/presets.js';
import { anyNetwork } from '../../../model/engineSuite/anyNetwork.js';
import { specialNetworks } from '../../../model/simd/specialNetworks.js';

/** One after the other what says most. @param count of the networks of any layers */
export function networksToExport(count: number): readonly Network[] {
  const presets = PRESETS.map((name) => checkArchitecture(preset(name, [28, 28, 1])));
  const any = fc.sample(anyNetwork, { seed: 19, numRuns: count });
  return [
    ...presets,
    ...[everything, strided, skips, enlarged, ...specialNetworks].map((each) => checkArchitecture(each)),
    ...any,
  ];
}

/** Every activation, convolutions of odd paddings, bilinear and nearest pixels, borders, a flat latent. */
const everything: Architecture = {
  name: 'every "layer"',
  input: [7, 9, 2],
  encoder: [
    { type: 'conv2d', filters: 5, kernelSize: [2, 3], strides: [1, 2], padding: 'same', activation: 'gelu' },
    {
      type: 'zeroPadding2d',
      padding: [
        [1, 0],
        [2, 1],
      ],
    },
    { type: 'conv2d', filters: 4, kernelSize: 3, useBias: false, activation: 'leakyRelu', negativeSlope: 0.2 },
    { type: 'upSampling2d', size: 3, interpolation: 'bilinear' },
    { type: 'averagePooling2d', poolSize: 2 },
    { type: 'dropout', rate: 0.3 },
    { type: 'flatten' },
    { type: 'gaussianNoise', standardDeviation: 0.1 },
    { type: 'dense', units: 6, activation: 'silu', useBias: false },
  ],
  decoder: [
    { type: 'dense', units: 12, activation: 'elu' },
    { type: 'reshape', targetShape: [2, 3, 2] },
    { type: 'conv2dTranspose', filters: 3, kernelSize: 4, strides: 3, padding: 'same', activation: 'tanh' },
    { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: 3, padding: 'valid', activation: 'relu' },
    {
      type: 'cropping2d',
      cropping: [
        [1, 3],
        [4, 0],
      ],
    },
    { type: 'upSampling2d', size: 2 },
    { type: 'maxPooling2d', poolSize: 3 },
    { type: 'flatten' },
    { type: 'flatten' },
    { type: 'dense', units: 126, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [7, 9, 2] },
  ],
};

/** The mean of each channel; strides over gaps. */
const strided: Architecture = {
  name: 'strided',
  input: [9, 8, 1],
  encoder: [
    { type: 'conv2d', filters: 8, kernelSize: 2, strides: [1, 4], padding: 'same', activation: 'elu' },
    { type: 'globalAveragePooling2d' },
  ],
  decoder: [
    { type: 'dense', units: 72 },
    { type: 'reshape', targetShape: [9, 8, 1] },
  ],
};

/** A factor at which rounding goes wrong. */
const enlarged: Architecture = {
  name: 'enlarged',
  input: [49, 98, 1],
  encoder: [{ type: 'averagePooling2d', poolSize: 49 }],
  decoder: [
    { type: 'upSampling2d', size: 49 },
    { type: 'conv2d', filters: 1, kernelSize: 1 },
  ],
};

/** Skip connections within the encoder, past the latent, and from the latent itself; normalized. */
const skips: Architecture = {
  name: 'skips',
  input: [6, 8, 1],
  encoder: [
    { type: 'conv2d', filters: 3, kernelSize: 3, padding: 'same' },
    { type: 'batchNormalization', activation: 'relu' },
    { type: 'concatenate', from: 'encoder.0' },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'batchNormalization' },
    { type: 'add', from: 'encoder.3' },
    { type: 'upSampling2d', size: 2 },
    { type: 'concatenate', from: 'encoder.1' },
    { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
};

/** A model of it whose biases and running statistics are not what they begin with. */
export async function modelOf(network: Network): Promise<Model> {
  const weights = new Map(
    [...initialWeights(network, 3)].map(([name, { shape, data }]) => [
      name,
      { shape, data: /bias|running/.test(name) ? data.map((value, at) => value + 0.1 * Math.sin(at + 1)) : data },
    ]),
  );
  return new Model(await createEngine({ network, weights, threads: 1 }));
}

/** Three images. */
export function imagesFor({ inputShape: [height, width, channels] }: Model): Float32Array {
  return Float32Array.from({ length: 3 * height * width * channels }, (_, at) => 0.5 + 0.5 * Math.sin(at * 1.7));
}

/** Items of ours with their channels first. */
export function toChannelsFirst(values: Float32Array, [height = 0, width = 1, channels = 1]: LayerShape): Float32Array {
  const size = height * width * channels;
  return values.map((_, to) => {
    const [item, place] = [Math.floor(to / size), to % size];
    const [channel, pixel] = [Math.floor(place / (height * width)), place % (height * width)];
    return values[item * size + pixel * channels + channel]!;
  });
}
