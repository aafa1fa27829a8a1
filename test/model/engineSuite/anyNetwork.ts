// Small networks of any layers, in any order, for property tests.
import fc from 'fast-check';
import { ACTIVATIONS } from '../../../src/model/activations.js';
import type { Architecture, Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { drawnSkips, withSkips } from './withSkips.js';

const size = (maximum: number) => fc.integer({ min: 1, max: maximum });
const padding = fc.constantFrom('valid' as const, 'same' as const);
const activation = fc.constantFrom(...ACTIVATIONS);
const filters = size(3);
const kernelSize = size(4);
const sides = (maximum: number) => fc.oneof(size(maximum), fc.tuple(size(maximum), size(maximum)));
const useBias = fc.boolean();

export const noise: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ type: fc.constant('dropout' as const), rate: fc.double({ min: 0, max: 0.8, noNaN: true }) }),
  fc.record({
    type: fc.constant('gaussianNoise' as const),
    standardDeviation: fc.double({ min: 0, max: 0.5, noNaN: true }),
  }),
);

export const regularization: fc.Arbitrary<Layer> = fc.record({
  type: fc.constant('activityRegularization' as const),
  l1: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

const variational: fc.Arbitrary<Layer> = fc.record({
  type: fc.constant('variational' as const),
  klWeight: fc.double({ min: 0, max: 5, noNaN: true }),
  klWarmUp: fc.nat(3),
});

export const upSampling: fc.Arbitrary<Layer> = fc.record({
  type: fc.constant('upSampling2d' as const),
  size: size(3),
  interpolation: fc.constantFrom('nearest' as const, 'bilinear' as const),
});

const pixels = fc.nat(2);
const borders = fc.oneof(
  pixels,
  fc.tuple(pixels, pixels),
  fc.tuple(fc.tuple(pixels, pixels), fc.tuple(pixels, pixels)),
);
export const border: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ type: fc.constant('zeroPadding2d' as const), padding: borders }),
  fc.record({ type: fc.constant('cropping2d' as const), cropping: borders }),
);

const imageLayer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    type: fc.constant('conv2d' as const),
    filters,
    kernelSize: sides(4),
    strides: sides(4),
    padding,
    activation,
    useBias,
  }),
  fc.record({
    type: fc.constant('conv2dTranspose' as const),
    filters,
    kernelSize,
    strides: size(4),
    padding,
    activation,
    useBias,
  }),
  fc.record({ type: fc.constant('maxPooling2d' as const), poolSize: size(3) }),
  fc.record({ type: fc.constant('averagePooling2d' as const), poolSize: size(3) }),
  // Where a channel hardly varies, less would make much of a float32's last digit.
  fc.record({ type: fc.constant('batchNormalization' as const), epsilon: fc.constant(0.1), activation }),
  upSampling,
  noise,
  regularization,
  border,
);

const input = fc.tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 7 }), size(2));

/**
 * Image layers, then flatten, dense, a reshape to another image, an image layer, flatten, dense and a reshape to the input.
 * In half of them skip connections in between. Whatever does not pass the check, or is large, is left out.
 */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    isGlobal: fc.boolean(),
    input,
    layers: fc.array(imageLayer, { minLength: 1, maxLength: 3 }),
    last: imageLayer,
    activation,
    latent: fc.option(fc.oneof(variational, regularization), { nil: undefined }),
    skips: drawnSkips,
  })
  .map(({ isGlobal, input, layers, last, activation, latent, skips }) => {
    const [height, width, channels] = input;
    const dense = (units: number): Layer => ({ type: 'dense', units, activation });
    const plain: Architecture = {
      name: 'any',
      input,
      encoder: [
        ...layers,
        { type: isGlobal ? 'globalAveragePooling2d' : 'flatten' },
        dense(latent?.type === 'variational' ? 24 : 12),
        ...(latent === undefined ? [] : [latent]),
      ],
      decoder: [
        { type: 'reshape', targetShape: [3, 2, 2] },
        last,
        { type: 'flatten' },
        dense(height * width * channels),
        { type: 'reshape', targetShape: input },
      ],
    };
    return checkedOrNothing(() => withSkips(plain, skips));
  })
  .filter((network) => network !== undefined);

function checkedOrNothing(architecture: () => Architecture): Network | undefined {
  try {
    const network = checkArchitecture(architecture());
    return network.parameters < 3000 ? network : undefined;
  } catch {
    return undefined;
  }
}
