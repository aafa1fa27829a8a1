// Networks as wide and as odd as the planner has kernels for, for property tests: 1 to 24 channels, kernels 1 to 5, every
// layer and activation, skip connections, with and without dense layers (which make the kernels work on several images at once).
import fc from 'fast-check';
import { ACTIVATIONS } from '../../../src/model/activations.js';
import type { Architecture, Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { LayerShape } from '../../../src/model/layers/definition/layerShape.js';
import { shapeSize } from '../../../src/model/layers/definition/layerShape.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { outputShape } from '../../../src/model/layers/layers.js';
import { border, noise } from '../engineSuite/anyNetwork.js';
import { type DrawnSkip, drawnSkips, withSkips } from '../engineSuite/withSkips.js';

const upTo = (max: number) => fc.integer({ min: 1, max });
const channels = fc.oneof(upTo(24), fc.constantFrom(1, 3, 4, 8, 12, 16));
const kernelSize = upTo(5);
const sides = (max: number) => fc.oneof(upTo(max), fc.tuple(upTo(max), upTo(max)));
const useBias = fc.boolean();
const padding = fc.constantFrom('valid' as const, 'same' as const);
const activation = fc.constantFrom(...ACTIVATIONS);

const convolution = fc.record({
  type: fc.constant('conv2d' as const),
  filters: channels,
  kernelSize: sides(5),
  strides: fc.oneof(upTo(2), sides(4)),
  padding,
  activation,
  useBias,
});
const transposed = fc.record({
  type: fc.constant('conv2dTranspose' as const),
  filters: channels,
  kernelSize,
  strides: upTo(4),
  padding,
  activation,
  useBias,
});
const pooling = fc.record({
  type: fc.constantFrom('maxPooling2d' as const, 'averagePooling2d' as const),
  poolSize: upTo(3),
});
const upSampling = fc.record({ type: fc.constant('upSampling2d' as const), size: upTo(3) });
// Where a channel hardly varies, less would make much of a float32's last digit.
const normalization = fc.record({
  type: fc.constant('batchNormalization' as const),
  epsilon: fc.constant(0.1),
  activation,
});
const smooth = fc.record({
  type: fc.constant('upSampling2d' as const),
  size: upTo(3),
  interpolation: fc.constant('bilinear' as const),
});
const maxPooling = fc.constant({ type: 'maxPooling2d' as const, poolSize: 2 });

/** Layers in a row; what is fused is more frequent than by chance. */
const imageLayers: fc.Arbitrary<readonly Layer[]> = fc.oneof(
  fc.tuple(convolution),
  fc.tuple(transposed),
  fc.tuple(pooling),
  fc.tuple(upSampling),
  fc.tuple(convolution, maxPooling),
  fc.tuple(upSampling, convolution),
  fc.tuple(convolution, normalization),
  fc.tuple(convolution, normalization, maxPooling),
  fc.tuple(upSampling, convolution, maxPooling),
  fc.tuple(noise),
  fc.tuple(border),
  fc.tuple(smooth),
  fc.tuple(smooth, convolution),
);

/** Image layers to a dense latent, and from a small image to whatever comes out; the network's input is as large as that. */
const throughDense = fc
  .record({
    image: fc.tuple(upTo(5), upTo(5), channels),
    head: fc.array(imageLayers, { minLength: 1, maxLength: 2 }),
    tail: fc.array(imageLayers, { minLength: 1, maxLength: 2 }),
    units: upTo(9),
    activation,
    outputs: upTo(3),
    skips: drawnSkips,
  })
  .map(({ image, head, tail, units, activation, outputs, skips }) => {
    const decode = withOutputs(tail.flat(), outputs);
    const [height, width, wide] = image;
    const from = [height, width, decode.some(hasFilters) ? wide : outputs] as const;
    return checked(skips, () => ({
      name: 'through a dense layer',
      input: shapeAfter(decode, from),
      encoder: [...head.flat(), { type: 'flatten' }, { type: 'dense', units, activation }],
      decoder: [{ type: 'dense', units: shapeSize(from) }, { type: 'reshape', targetShape: from }, ...decode],
    }));
  });

/** What goes down, and what comes up from there to where it began. */
const stage = fc.record({
  down: channels,
  up: channels,
  first: kernelSize,
  second: kernelSize,
  activation,
  other: activation,
});
const mirroredStage: fc.Arbitrary<readonly [readonly Layer[], readonly Layer[]]> = fc
  .tuple(stage, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 2, max: 3 }))
  .map(([{ down, up, first, second, activation, other }, kind, factor]) => {
    const same = { type: 'conv2d', filters: down, kernelSize: first, padding: 'same', activation } as const;
    const back = { type: 'conv2d', filters: up, kernelSize: second, padding: 'same', activation: other } as const;
    const spread = { ...back, type: 'conv2dTranspose' } as const;
    const maxPool = { type: 'maxPooling2d', poolSize: factor } as const;
    const pairs: readonly (readonly [readonly Layer[], readonly Layer[]])[] = [
      [[same], [back]],
      [[same], [spread]],
      [[{ ...same, padding: 'valid' }], [{ ...spread, kernelSize: first, padding: 'valid' }]],
      [[{ ...same, strides: 2 }], [{ ...spread, strides: 2 }]],
      [
        [same, maxPool],
        [{ type: 'upSampling2d', size: factor }, back],
      ],
      [[same, maxPool], [{ ...spread, strides: factor }]],
      // An odd side, 2n + 1 → n → 2n + 1.
      [[same, { type: 'maxPooling2d', poolSize: 2 }], [{ ...spread, kernelSize: 3, strides: 2, padding: 'valid' }]],
    ];
    return pairs[kind]!;
  });
const mirrored = fc
  .record({
    input: fc.tuple(upTo(13), upTo(13), upTo(3)),
    stages: fc.array(mirroredStage, { minLength: 1, maxLength: 3 }),
    skips: drawnSkips,
  })
  .map(({ input, stages, skips }) =>
    checked(skips, () => ({
      name: 'mirrored',
      input,
      encoder: stages.flatMap(([down]) => down),
      decoder: withOutputs(
        stages.toReversed().flatMap(([, up]) => up),
        input[2],
      ),
    })),
  );

export const wideNetwork: fc.Arbitrary<Network> = fc
  .oneof(throughDense, mirrored)
  .filter((network) => network !== undefined);

function hasFilters(layer: Layer): boolean {
  return 'filters' in layer;
}

/** The last layer with filters gets so many of them. */
function withOutputs(layers: readonly Layer[], filters: number): readonly Layer[] {
  const last = layers.findLastIndex(hasFilters);
  return layers.map((layer, index) => (index === last ? ({ ...layer, filters } as Layer) : layer));
}

function shapeAfter(layers: readonly Layer[], shape: LayerShape): Architecture['input'] {
  const where = { path: undefined, name: 'decoder' };
  return layers.reduce((from, layer) => outputShape(layer, from, where), shape) as Architecture['input'];
}

/** Nothing where layers do not fit or take the reference too long, or where a loss is of so few values that all may cancel. */
function checked(skips: readonly DrawnSkip[], architecture: () => Architecture): Network | undefined {
  try {
    const network = checkArchitecture(withSkips(architecture(), skips));
    const { input } = network.architecture;
    const isFit = Math.max(...input) <= 24 && shapeSize(input) >= 6 && network.parameters < 6000;
    return isFit && multiplyAdds(network) < 300_000 ? network : undefined;
  } catch {
    return undefined;
  }
}

/** Of an image. */
function multiplyAdds({ encoder, decoder }: Network): number {
  return [...encoder, ...decoder].reduce((sum, { weights: [weight], outputShape: [height = 1, width = 1] }) => {
    return (
      sum + (weight === undefined ? 0 : shapeSize(weight.shape) * (weight.shape.length === 4 ? height * width : 1))
    );
  }, 0);
}
