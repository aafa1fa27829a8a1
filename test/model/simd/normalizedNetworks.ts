// Networks whose layers need the statistics of the whole batch, each for another place of these among other layers.
import type { Activation } from '../../../src/model/activations.js';
import type { Architecture } from '../../../src/model/architecture.js';
import type { Layer } from '../../../src/model/layers/layers.js';

const normalization = (activation: Activation = 'relu'): Layer => ({ type: 'batchNormalization', activation });
const convolution = (filters: number, kernelSize = 3, strides = 1): Layer => ({
  type: 'conv2d',
  padding: 'same',
  filters,
  kernelSize,
  strides,
});
const transposed = (filters: number, activation: Activation = 'linear'): Layer => ({
  type: 'conv2dTranspose',
  filters,
  kernelSize: 2,
  strides: 2,
  activation,
});
const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };
const double: Layer = { type: 'upSampling2d', size: 2 };
const flatten: Layer = { type: 'flatten' };
const dense = (units: number, activation: Activation = 'linear'): Layer => ({ type: 'dense', units, activation });

export const normalizedNetworks: readonly Architecture[] = [
  {
    name: 'normalizations before a pooling and after it',
    input: [12, 12, 1],
    encoder: [convolution(8), normalization(), pool, convolution(6), pool, normalization('tanh')],
    decoder: [transposed(5), normalization('sigmoid'), transposed(1, 'sigmoid')],
  },
  {
    name: 'skip connections around normalizations and past the latent',
    input: [12, 12, 1],
    encoder: [
      ...[convolution(6), normalization('linear'), convolution(6), normalization('tanh')],
      ...[{ type: 'add', from: 'encoder.1' } as const, normalization(), pool, convolution(5)],
    ],
    decoder: [double, { type: 'concatenate', from: 'encoder.0' }, normalization(), convolution(1)],
  },
  {
    name: 'a pooled normalization of odd sides, first and last',
    input: [7, 7, 2],
    encoder: [normalization('linear'), pool, convolution(6, 2)],
    decoder: [{ type: 'conv2dTranspose', filters: 2, kernelSize: 5, strides: 5 }, normalization('sigmoid'), pool],
  },
  {
    name: 'normalizations between dense layers',
    input: [4, 4, 1],
    encoder: [flatten, dense(16), normalization(), dense(8), normalization('linear')],
    decoder: [dense(7, 'tanh'), normalization(), dense(16), { type: 'reshape', targetShape: [4, 4, 1] }],
  },
  {
    name: 'a normalization first and last',
    input: [6, 5, 3],
    encoder: [normalization('linear'), convolution(4)],
    decoder: [convolution(3), normalization('sigmoid')],
  },
  {
    name: 'a normalization of one channel, first and last',
    input: [6, 6, 1],
    encoder: [normalization('linear'), convolution(4, 3, 2)],
    decoder: [transposed(1), normalization('sigmoid')],
  },
  {
    name: 'normalizations around upsampling, and a fused pooling first',
    input: [8, 8, 2],
    encoder: [convolution(8), pool, normalization('linear'), convolution(12, 1)],
    decoder: [double, convolution(2), normalization('linear')],
  },
  {
    name: 'a normalization between images and dense layers',
    input: [5, 7, 1],
    encoder: [convolution(10), normalization('tanh'), flatten, dense(11), normalization()],
    decoder: [dense(35), normalization('sigmoid'), { type: 'reshape', targetShape: [5, 7, 1] }],
  },
];
