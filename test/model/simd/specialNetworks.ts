// Shapes that the planner treats specially, one network each.
import type { Activation } from '../../../src/model/activations.js';
import type { Architecture } from '../../../src/model/architecture.js';
import type { Cropping2d } from '../../../src/model/layers/cropping2d.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import type { ZeroPadding2d } from '../../../src/model/layers/zeroPadding2d.js';

type Options = {
  readonly strides?: number;
  readonly padding?: 'same' | 'valid';
  readonly activation?: Activation;
  readonly negativeSlope?: number;
};

const convolution = (filters: number, kernelSize: number, options: Options = {}): Layer => ({
  type: 'conv2d',
  padding: 'same',
  activation: 'relu',
  ...options,
  filters,
  kernelSize,
});
const transposed = (filters: number, kernelSize: number, strides: number, options: Options = {}): Layer => ({
  type: 'conv2dTranspose',
  activation: 'tanh',
  ...options,
  filters,
  kernelSize,
  strides,
});
const dense = (units: number, activation: Activation = 'tanh'): Layer => ({ type: 'dense', units, activation });
const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };
const flatten: Layer = { type: 'flatten' };
const reshape = (...targetShape: readonly number[]): Layer => ({ type: 'reshape', targetShape });
const double: Layer = { type: 'upSampling2d', size: 2 };
const smooth: Layer = { type: 'upSampling2d', size: 2, interpolation: 'bilinear' };
const padded = (padding: ZeroPadding2d['padding']): Layer => ({ type: 'zeroPadding2d', padding });
const cropped = (cropping: Cropping2d['cropping']): Layer => ({ type: 'cropping2d', cropping });
const dropout = (rate: number): Layer => ({ type: 'dropout', rate });
const noise = (standardDeviation: number): Layer => ({ type: 'gaussianNoise', standardDeviation });
const triple: Layer = { type: 'upSampling2d', size: 3 };
const add = (from: string): Layer => ({ type: 'add', from });
const concatenate = (from: string): Layer => ({ type: 'concatenate', from });
const valid = { padding: 'valid' } as const;
const linear = { activation: 'linear' } as const;

const network = (name: string, input: Architecture['input'], encoder: readonly Layer[], decoder: readonly Layer[]) => ({
  name,
  input,
  encoder,
  decoder,
});

export const specialNetworks: readonly Architecture[] = [
  network('a fused pooling first, sides odd', [7, 7, 1], [convolution(8, 3), pool], [transposed(1, 3, 2)]),
  network(
    'a fused pooling first that drops a border, valid',
    [7, 9, 1],
    [convolution(4, 3, valid), pool, flatten],
    [dense(63, 'sigmoid'), reshape(7, 9, 1)],
  ),
  network(
    'a fused pooling of a strided convolution',
    [12, 12, 2],
    [convolution(6, 3, { strides: 2 }), pool],
    [transposed(2, 4, 4)],
  ),
  network(
    'a pooling behind an activation that turns',
    [9, 7, 2],
    [convolution(5, 3, { activation: 'gelu' }), pool, convolution(9, 3, { activation: 'silu' }), pool],
    [
      transposed(4, 2, 2, { activation: 'silu' }),
      transposed(3, 3, 2, { activation: 'elu' }),
      flatten,
      dense(126, 'gelu'),
      reshape(9, 7, 2),
    ],
  ),
  network(
    'two fused poolings before leaky ones',
    [16, 14, 1],
    [
      convolution(9, 3, { activation: 'leakyRelu', negativeSlope: 0.3 }),
      pool,
      convolution(6, 3, { activation: 'elu' }),
      pool,
    ],
    [double, convolution(3, 3, { activation: 'leakyRelu' }), flatten, dense(224, 'silu'), reshape(16, 14, 1)],
  ),
  network(
    'one channel that ends in gelu',
    [5, 7, 1],
    [convolution(3, 3, { activation: 'silu' })],
    [convolution(1, 3, { activation: 'gelu' })],
  ),
  network(
    'a fused pooling first, of three channels and wide kernels',
    [8, 8, 3],
    [convolution(5, 5), pool],
    [transposed(3, 2, 2)],
  ),
  network(
    'a second fused pooling of 16 channels into 8',
    [16, 16, 1],
    [convolution(16, 3), pool, convolution(8, 3), pool],
    [transposed(1, 4, 4)],
  ),
  network(
    'a second fused pooling of 20 channels into 6, sides odd, valid',
    [19, 21, 1],
    [convolution(18, 3), pool, convolution(6, 3, { padding: 'valid', activation: 'tanh' }), pool, flatten],
    [dense(19 * 21, 'sigmoid'), reshape(19, 21, 1)],
  ),
  network(
    'two fused poolings, 15 to 7 to 3',
    [15, 15, 1],
    [convolution(12, 3), pool, convolution(20, 3), pool],
    [transposed(5, 3, 2), transposed(1, 3, 2)],
  ),
  network(
    'a fused pooling after a convolution',
    [8, 8, 1],
    [convolution(6, 3), convolution(8, 3), pool],
    [transposed(1, 2, 2)],
  ),
  network(
    'a fused pooling after two convolutions',
    [8, 8, 1],
    [convolution(6, 3), convolution(8, 3), convolution(4, 3), pool],
    [transposed(1, 2, 2)],
  ),
  network(
    'a fused pooling after a transposed convolution',
    [4, 4, 1],
    [transposed(4, 3, 2, { padding: 'same' })],
    [convolution(1, 3), pool],
  ),
  network(
    'a fused pooling after a convolution, valid',
    [9, 9, 1],
    [convolution(3, 2, linear), convolution(4, 4, valid), pool],
    [transposed(1, 3, 3)],
  ),
  network(
    'a fused pooling with kernels of one',
    [6, 6, 2],
    [convolution(8, 1), convolution(3, 1), pool],
    [transposed(2, 2, 2)],
  ),
  network('a fused pooling last', [4, 4, 3], [transposed(8, 2, 2)], [convolution(3, 3, linear), pool]),
  network(
    'pooling by three after a convolution',
    [10, 10, 1],
    [convolution(4, 3), { ...pool, poolSize: 3 }],
    [transposed(1, 4, 3, valid)],
  ),
  network('pooling last, nothing fused', [3, 3, 1], [transposed(1, 2, 2)], [{ type: 'averagePooling2d', poolSize: 2 }]),
  network(
    'average pooling of whole vectors',
    [6, 6, 1],
    [convolution(8, 3), { type: 'averagePooling2d', poolSize: 2 }],
    [transposed(1, 2, 2)],
  ),
  network(
    'pooling first',
    [6, 8, 3],
    [{ type: 'maxPooling2d', poolSize: 2 }, convolution(4, 3)],
    [transposed(3, 2, 2)],
  ),
  network(
    'upsampling by two before a convolution',
    [8, 8, 1],
    [convolution(7, 3, { strides: 2 })],
    [double, convolution(1, 3, linear)],
  ),
  network(
    'upsampling by two before even kernels',
    [8, 8, 2],
    [convolution(9, 4, { strides: 2 })],
    [double, convolution(2, 4, linear)],
  ),
  network(
    'upsampling by three before a convolution',
    [9, 9, 1],
    [convolution(5, 3), { ...pool, poolSize: 3 }],
    [triple, convolution(1, 5, linear)],
  ),
  network(
    'upsampling by three before kernels of two, valid',
    [8, 8, 3],
    [convolution(5, 2, { strides: 2 }), flatten, dense(27)],
    [reshape(3, 3, 3), triple, convolution(3, 2, { ...valid, ...linear })],
  ),
  network(
    'upsampling before a convolution and a pooling',
    [6, 6, 1],
    [convolution(4, 3, { strides: 2 })],
    [double, double, convolution(1, 3, linear), pool],
  ),
  network(
    'upsampling before a strided convolution',
    [6, 6, 1],
    [convolution(4, 3)],
    [double, convolution(1, 3, { strides: 2, activation: 'sigmoid' })],
  ),
  network('upsampling first', [4, 5, 1], [double, convolution(6, 3), pool], [convolution(1, 3, linear)]),
  network(
    'a transposed convolution with gaps',
    [12, 12, 1],
    [convolution(4, 3), { ...pool, poolSize: 4 }],
    [transposed(1, 2, 4, { padding: 'same' })],
  ),
  network(
    'a transposed convolution with gaps, valid',
    [6, 6, 2],
    [convolution(4, 3), { ...pool, poolSize: 3 }],
    [transposed(5, 1, 3, valid), convolution(2, 1, linear)],
  ),
  network(
    'a transposed convolution without overlaps',
    [12, 12, 3],
    [convolution(6, 3), { ...pool, poolSize: 4 }],
    [transposed(3, 4, 4)],
  ),
  network(
    'a transposed convolution whose windows overlap',
    [11, 11, 1],
    [convolution(6, 3, { ...valid, strides: 2 })],
    [transposed(3, 3, 2, valid), convolution(1, 1, linear)],
  ),
  network(
    'a transposed convolution with kernels of five',
    [8, 8, 1],
    [convolution(6, 3), pool],
    [transposed(4, 5, 2, { padding: 'same' }), transposed(1, 5, 1, { padding: 'same' })],
  ),
  network(
    'three channels out',
    [8, 8, 3],
    [convolution(16, 3), pool],
    [transposed(8, 2, 2), convolution(3, 3, { activation: 'sigmoid' })],
  ),
  network(
    'dense layers alone',
    [5, 5, 1],
    [flatten, dense(17, 'relu'), dense(3)],
    [dense(24, 'sigmoid'), dense(25, 'linear'), reshape(5, 5, 1)],
  ),
  network(
    'dense layers of whole vectors',
    [4, 4, 1],
    [flatten, dense(8), dense(16, 'relu')],
    [dense(16, 'linear'), reshape(4, 4, 1)],
  ),
  network(
    'noise before, between and after layers that are fused',
    [12, 12, 3],
    [noise(0.2), convolution(8, 3), dropout(0.3), pool, dropout(0.5), convolution(6, 3), pool, dropout(0.25)],
    [double, noise(0.1), convolution(5, 3), dropout(0.1), double, convolution(3, 3, { activation: 'sigmoid' })],
  ),
  network(
    'noise between dense layers',
    [4, 4, 1],
    [dropout(0.4), flatten, noise(0.3), dense(17, 'relu'), dropout(0.5), dense(3), noise(0.5)],
    [dense(16, 'sigmoid'), dropout(0.2), reshape(4, 4, 1), noise(0.05)],
  ),
  network(
    'borders before, between and after layers that are fused',
    [9, 12, 3],
    [
      padded(1),
      convolution(8, 3),
      cropped([1, 2]),
      pool,
      padded([
        [1, 0],
        [2, 1],
      ]),
      convolution(6, 3),
      pool,
    ],
    [
      smooth,
      convolution(5, 3),
      cropped([
        [1, 0],
        [0, 2],
      ]),
      padded([3, 5]),
      convolution(3, 3),
      cropped([0, 2]),
    ],
  ),
  network(
    'smooth pixels of whole vectors, and the mean of an image',
    [3, 5, 1],
    [smooth, convolution(8, 3), smooth, convolution(5, 3), { type: 'globalAveragePooling2d' }],
    [dense(15), reshape(3, 5, 1)],
  ),
  network(
    'a variational latent of an odd size, regularized images',
    [6, 5, 2],
    [convolution(3, 3), { type: 'activityRegularization', l1: 0.01 }, flatten, dense(10), { type: 'variational' }],
    [dense(60), reshape(6, 5, 2), { type: 'activityRegularization', l1: 0.02 }],
  ),
  network(
    'a variational latent that warms up, normalized',
    [4, 4, 1],
    [flatten, dense(6), { type: 'batchNormalization' }, { type: 'variational', klWeight: 3, klWarmUp: 7 }],
    [dense(16, 'sigmoid'), reshape(4, 4, 1)],
  ),
  network('a latent of one value', [2, 2, 1], [flatten, dense(1)], [dense(4, 'sigmoid'), reshape(2, 2, 1)]),
  network('a single pixel', [1, 1, 1], [flatten, dense(1)], [dense(1), reshape(1, 1, 1)]),
  network(
    'a convolution after a reshape',
    [6, 6, 1],
    [flatten, dense(18)],
    [reshape(3, 3, 2), convolution(8, 3), double, convolution(1, 3, linear)],
  ),
  network(
    'a reshape from image to image',
    [4, 6, 1],
    [convolution(2, 3), reshape(8, 6, 1)],
    [
      convolution(4, 2),
      reshape(4, 12, 4),
      convolution(2, 3),
      reshape(8, 6, 2),
      convolution(1, 3, linear),
      pool,
      reshape(3, 4, 1),
      double,
      reshape(4, 12, 1),
      convolution(1, 2, { strides: 2 }),
      reshape(2, 6, 1),
      { type: 'conv2dTranspose', filters: 1, kernelSize: 1, strides: 1 },
      flatten,
      dense(24),
      reshape(4, 6, 1),
    ],
  ),
  network(
    'a residual block between fused poolings',
    [16, 16, 1],
    [
      convolution(8, 3),
      pool,
      convolution(8, 3),
      convolution(8, 3, linear),
      add('encoder.1'),
      add('encoder.1'),
      convolution(6, 3),
      pool,
    ],
    [transposed(1, 4, 4)],
  ),
  network(
    'a fused pooling that a skip connection reads, too',
    [16, 16, 1],
    [convolution(16, 3), pool, convolution(8, 3), pool],
    [double, concatenate('encoder.1'), convolution(5, 3), transposed(1, 2, 2)],
  ),
  network(
    'convolutions that are read before they are pooled',
    [12, 8, 3],
    [convolution(5, 3), pool, convolution(6, 3, { activation: 'tanh' }), pool, convolution(7, 3)],
    [
      double,
      concatenate('encoder.2'),
      convolution(6, 3),
      transposed(5, 2, 2),
      concatenate('encoder.0'),
      convolution(3, 1, { activation: 'sigmoid' }),
    ],
  ),
  network(
    'an upsampling that is read again',
    [8, 8, 1],
    [convolution(3, 3, { strides: 2 })],
    [double, convolution(3, 3), add('decoder.0'), convolution(1, 3, linear)],
  ),
  network(
    'borders around all that learns, one convolution of one channel',
    [6, 5, 1],
    [padded([2, 1])],
    [convolution(1, 3, linear), cropped([2, 1])],
  ),
  network(
    'borders and noise before a first pooling, borders at the end',
    [6, 7, 3],
    [
      padded([
        [1, 1],
        [0, 1],
      ]),
      noise(0.1),
      convolution(7, 3),
      pool,
    ],
    [
      transposed(1, 2, 2),
      convolution(3, 1),
      cropped([
        [1, 1],
        [0, 1],
      ]),
    ],
  ),
  network(
    'dense layers wide enough to leave zeros out',
    [4, 5, 1],
    [flatten, dense(64, 'relu'), dense(6)],
    [dense(72, 'relu'), dense(20, 'sigmoid'), reshape(4, 5, 1)],
  ),
  network(
    'an output of one channel that is cropped',
    [6, 7, 1],
    [
      padded([
        [1, 1],
        [0, 1],
      ]),
      convolution(5, 5),
      pool,
    ],
    [
      transposed(1, 2, 2),
      cropped([
        [1, 1],
        [0, 1],
      ]),
    ],
  ),
  network(
    'an output added to itself, and a sum that comes out',
    [5, 7, 1],
    [convolution(1, 3, { activation: 'tanh' }), add('encoder.0')],
    [convolution(1, 3), add('encoder.0')],
  ),
  network(
    'units added, and put behind others',
    [3, 4, 1],
    [flatten, dense(7), dense(7), add('encoder.1'), dense(5), concatenate('encoder.3')],
    [dense(12, 'sigmoid'), add('encoder.0'), concatenate('decoder.0'), dense(12, 'linear'), reshape(3, 4, 1)],
  ),
  network(
    'skip connections from before any weights, and from the latent',
    [8, 8, 2],
    [{ type: 'averagePooling2d', poolSize: 2 }, convolution(2, 3), add('encoder.0')],
    [convolution(3, 3), concatenate('encoder.2'), concatenate('encoder.0'), transposed(2, 2, 2)],
  ),
];
