// NaN and infinity go where IEEE arithmetic takes them, also where kernels leave out products with zero.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine, NamedTensors } from '../../../src/model/engine.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../src/model/presets/presets.js';
import { cases, isWhole } from '../../fixtures/laws.js';
import { firstGradients, randomImages } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';
import { someBatch, someWeights } from './expectReference.js';
import { wideNetwork } from './wideNetworks.js';

const fixed = { seed: 20, numRuns: cases(30) };

describe.each(isWhole ? PRESETS : (['transpose'] as const))('the preset %s on black images', (name) => {
  const network = checkArchitecture(preset(name, [12, 12, 1]));
  const weights = someWeights(network, 1);
  const black = { pixels: new Uint8Array(2 * 144), length: 2 };

  test('has a loss of NaN where a weight or a bias is NaN', async () => {
    const engine = await create(network, weights);
    for (const tensor of weights.keys())
      for (const place of [0, 0.5, 1]) {
        engine.setWeights(withValue(weights, tensor, place, Number.NaN));
        expect(engine.evaluate(black).loss, `${tensor}, at ${place}`).toBeNaN();
      }
    engine.dispose();
  });

  test('has a loss of NaN where a weight of the first layer is infinite', async () => {
    for (const infinity of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const engine = await create(network, withValue(weights, 'encoder.0.weight', 0.5, infinity));
      expect(engine.trainStep(black)).toBeNaN();
      engine.dispose();
    }
  });

  test('has a gradient of NaN wherever it comes from one', async () => {
    for (const tensor of weights.keys()) {
      const broken = withValue(weights, tensor, 0.5, Number.NaN);
      const engine = await create(network, broken);
      engine.trainStep(black);
      const { gradients } = referenceStep(network, broken, black);
      for (const [name, found] of firstGradients(engine)) expectUnordered(found, gradients.get(name)!);
      engine.dispose();
    }
  });
});

describe('any network', () => {
  const places = fc.record({
    isWeight: fc.boolean(),
    tensor: fc.nat(100),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const pooled = ({ architecture: { encoder, decoder } }: Network) =>
    [...encoder, ...decoder].some(({ type }) => type === 'maxPooling2d');

  test('has NaN where a weight or a pixel makes it so', async () => {
    const property = fc.asyncProperty(wideNetwork, places, fc.boolean(), async (network, where, isDark) => {
      const batch = someBatch(network, { items: 3, seed: 5, isDark, isDenoising: true });
      const original = someWeights(network, 6);
      const tensor = [...original.keys()][where.tensor % original.size]!;
      const weights = where.isWeight ? withValue(original, tensor, where.place, Number.NaN) : original;
      if (!where.isWeight) batch.pixels[Math.floor(where.place * (batch.pixels.length - 1))] = Number.NaN;
      const expected = referenceStep(network, weights, batch);
      const engine = await create(network, weights);
      expectUnordered(engine.reconstruct(batch.pixels), expected.output);
      expectUnordered([engine.trainStep(batch)], [expected.loss]);
      // Where several of a pooling window are NaN, it is open which of them gets the gradient.
      if (!pooled(network))
        for (const [name, found] of firstGradients(engine)) expectUnordered(found, expected.gradients.get(name)!);
      engine.dispose();
    });
    await fc.assert(property, fixed);
  });

  test('keeps the NaN of an image from the images beside it and after it', async () => {
    const property = fc.asyncProperty(wideNetwork, async (network) => {
      const engine = await create(network, someWeights(network, 6));
      const images = randomImages(network, 3);
      const clean = engine.reconstruct(images);
      const [size, outputs] = [images.length / 3, clean.length / 3];
      const broken = Float32Array.from(images).fill(Number.NaN, size, 2 * size);
      const found = engine.reconstruct(broken);
      expect(found.subarray(0, outputs)).toEqual(clean.subarray(0, outputs));
      expect(found.subarray(2 * outputs)).toEqual(clean.subarray(2 * outputs));
      engine.evaluate({ pixels: broken, length: 3 });
      expect(engine.reconstruct(images)).toEqual(clean);
      engine.dispose();
    });
    await fc.assert(property, fixed);
  });

  test('learns as ever once weights and optimizer are set back after an update with NaN', async () => {
    const property = fc.asyncProperty(wideNetwork, async (network) => {
      const weights = someWeights(network, 6);
      const engine = await create(network, weights);
      const batch = someBatch(network, { items: 3, seed: 7 });
      const state = engine.optimizerState();
      const results = () => [
        engine.trainStep(batch),
        engine.trainStep(batch),
        engine.weights(),
        engine.optimizerState(),
      ];
      const expected = results();
      engine.trainStep({ pixels: new Float32Array(batch.pixels.length).fill(Number.NaN), length: 3 });
      engine.setWeights(weights);
      engine.setOptimizerState(state);
      expect(results()).toEqual(expected);
      engine.dispose();
    });
    await fc.assert(property, fixed);
  });
});

describe("Winograd's filtering", () => {
  const pooled = (filters: number): readonly Layer[] => [
    { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
  ];
  const wide = (activation: 'relu' | 'linear'): Layer => ({
    type: 'conv2d',
    filters: 8,
    kernelSize: 3,
    padding: 'same',
    activation,
  });
  const back = (strides: number): Layer => ({
    type: 'conv2dTranspose',
    filters: 1,
    kernelSize: strides,
    strides,
    activation: 'sigmoid',
  });
  const networks = [
    { name: 'pooled twice', encoder: [...pooled(16), ...pooled(8)], decoder: [back(4)] },
    { name: 'tiles', encoder: [wide('relu'), wide('linear')], decoder: [wide('relu'), back(1)] },
  ].map((parts) => checkArchitecture({ input: [16, 16, 1], ...parts }));

  test.each(networks)(
    'makes of an infinity in $architecture.name what the products themselves make of it',
    async (network) => {
      const weights = someWeights(network, 2);
      const [engine, alone] = [await create(network, weights), await create(network, weights)];
      const state = engine.optimizerState();
      const dark = new Float32Array(256);
      dark[40] = 0.5;
      for (const place of [0, 17, 100, 136, 255]) {
        const pixels = Float32Array.from({ length: 256 }, (_, index) =>
          index === place ? Number.POSITIVE_INFINITY : 0,
        );
        const batch = { pixels, target: dark, length: 1 };
        const { output, gradients } = referenceStep(network, weights, batch);
        const found = engine.reconstruct(Float32Array.of(...pixels, ...dark));
        expect(Array.from(found.subarray(0, 256), Number.isNaN)).toEqual(Array.from(output, Number.isNaN));
        // The next image is the same as alone.
        expect(found.subarray(256)).toEqual(alone.reconstruct(dark));
        engine.trainStep(batch);
        for (const [name, values] of firstGradients(engine)) expectUnordered(values, gradients.get(name)!);
        engine.setWeights(weights);
        engine.setOptimizerState(state);
      }
      engine.dispose();
      alone.dispose();
    },
  );
});

describe('max pooling', () => {
  const image = { type: 'reshape', targetShape: [2, 2, 1] } as const;
  const pool = { type: 'maxPooling2d', poolSize: 2 } as const;
  const convolution: Layer = { type: 'conv2d', filters: 1, kernelSize: 1 };
  /** Four values from biases, the largest of which becomes the image. */
  const network = (layers: readonly Layer[]) =>
    checkArchitecture({
      name: 'pooled',
      input: [2, 2, 1],
      encoder: [{ type: 'flatten' }, { type: 'dense', units: 4 }, image, ...layers],
      decoder: [{ type: 'upSampling2d', size: 2 }],
    });

  test.each([
    ['alone', network([pool])],
    ['fused with a convolution', network([convolution, pool])],
  ])('%s takes NaN for the largest, and gives it the gradient', async (_, network) => {
    const weights = someWeights(network, 3);
    const engine = await create(network, weights);
    for (let place = 0; place < 4; place++) {
      engine.setWeights(withValue(weights, 'encoder.1.bias', place / 3, Number.NaN));
      engine.setOptimizerState({ ...engine.optimizerState(), ...zeroMoments(weights) });
      const pixels = new Float32Array(4).fill(0.5);
      expect(engine.reconstruct(pixels)).toEqual(new Float32Array(4).fill(Number.NaN));
      engine.trainStep({ pixels, length: 1 });
      const gradient = firstGradients(engine).get('encoder.1.bias');
      expect(gradient).toEqual(new Float32Array(4).fill(0).fill(Number.NaN, place, place + 1));
    }
    engine.dispose();
  });
});

test.each(['linear', 'relu'] as const)(
  'an infinite %s value stays what it is, however many channels there are',
  async (activation) => {
    for (const units of [1, 2, 3, 4, 5]) {
      const network = checkArchitecture({
        name: 'infinite',
        input: [1, 2, 1],
        encoder: [{ type: 'flatten' }, { type: 'dense', units, activation }],
        decoder: [
          { type: 'dense', units: 2, activation: 'sigmoid' },
          { type: 'reshape', targetShape: [1, 2, 1] },
        ],
      });
      const ones = new Map(
        [...someWeights(network, 1)].map(([name, { shape, data }]) => [name, { shape, data: data.fill(1) }]),
      );
      const engine = await create(network, ones);
      expect(engine.reconstruct(Float32Array.of(Number.POSITIVE_INFINITY, 0))).toEqual(Float32Array.of(1, 1));
      engine.dispose();
    }
  },
);

function create(network: Network, weights: NamedTensors): Promise<Engine> {
  return createEngine({ network, weights, engine: 'simd', threads: 1 });
}

/** @param place 0 for a tensor's first value, 1 for its last */
function withValue(weights: NamedTensors, name: string, place: number, value: number): NamedTensors {
  const { shape, data } = weights.get(name)!;
  const changed = data.slice();
  changed[Math.round(place * (data.length - 1))] = value;
  return new Map([...weights, [name, { shape, data: changed }]]);
}

function zeroMoments(weights: NamedTensors) {
  const zeros = new Map(
    [...weights].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
  );
  return { slots: { firstMoments: zeros, secondMoments: zeros } };
}

/** NaN wherever it is expected. There may be more of it, since padding is zeros that count. */
function expectUnordered(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  const hidden = Array.from(expected).filter((value, index) => Number.isNaN(value) && !Number.isNaN(found[index]));
  expect(hidden).toEqual([]);
}
