// What every engine has to do. Each engine's own test file runs it.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Architecture, CheckedArchitecture, Layer } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import type { EngineOptions } from '../../src/model/createEngine.js';
import type { Engine, NamedTensors, TrainingBatch } from '../../src/model/engine.js';
import { initialWeights } from '../../src/model/initialise.js';
import { shapeSize } from '../../src/model/layers/layerShape.js';
import { PRESETS, type PresetName } from '../../src/model/presets.js';
import { uniform } from '../../src/random.js';
import { type Golden, golden, hasMnistGolden, mnistGolden } from '../fixtures/golden.js';
import { anyNetwork } from './anyNetwork.js';
import { numericalDerivatives, referenceLoss, referenceOutput } from './referenceNetwork.js';

type Create = (options: Pick<EngineOptions, 'architecture' | 'weights' | 'learningRate' | 'seed'>) => Promise<Engine>;

export interface EngineSuiteOptions {
  readonly create: Create;
  /** Loss and gradients of a first step: difference to the golden ones, as a share of the largest value. */
  readonly gradientTolerance: number;
  /** Losses of later steps: relative difference to the golden ones. */
  readonly lossTolerance: number;
  /** Updates to compare with the golden ones; none for an engine that takes seconds for one. */
  readonly updates: { readonly blobs: number; readonly mnist: number };
  /** Presets to compare. @default all */
  readonly presets?: readonly PresetName[];
}

/** The behaviour suite of engines. */
export function engineSuite(name: string, { presets = PRESETS, ...options }: EngineSuiteOptions): void {
  const engines: Engine[] = [];
  const create: Create = async (of) => {
    const engine = await options.create(of);
    engines.push(engine);
    return engine;
  };
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
  });
  const suite = { ...options, create };

  describe.each(presets)(`${name} with the preset %s`, (preset) => {
    firstStepTests(() => golden(preset), suite);
    updateTests(() => golden(preset), suite.updates.blobs, suite);
  });
  describe.skipIf(!hasMnistGolden)(`${name} on MNIST (where the shared reference is)`, () => {
    updateTests(() => mnistGolden('transpose'), suite.updates.mnist, suite);
  });
  describe(`${name} with any network`, () => anyNetworkTests(suite));
  describe(name, () => contractTests(create));
}

async function begin(reference: Golden, create: Create): Promise<Engine> {
  const { architecture, initial, learningRate } = reference;
  return create({ architecture, weights: initial, learningRate });
}

function firstStepTests(vectors: () => Golden, { create, gradientTolerance }: EngineSuiteOptions): void {
  test("has PyTorch's first loss, gradients and weights", async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    const loss = engine.trainStep(batchOf(reference, 0, reference.batchSize));
    expect(relativeDifference([loss], [reference.firstLoss])).toBeLessThan(gradientTolerance);
    for (const [weight, gradient] of firstGradients(engine))
      expect(relativeDifference(gradient, reference.firstGradients.get(weight)!.data), weight).toBeLessThan(
        gradientTolerance,
      );
    expectWeights(engine, reference.weightsAfter1!);
  });

  test("has PyTorch's loss and gradients for an odd batch", async () => {
    const reference = vectors();
    const { from, items, loss: expected, gradients } = reference.oddBatch;
    const engine = await begin(reference, create);
    const loss = engine.trainStep(batchOf(reference, from, items));
    expect(relativeDifference([loss], [expected])).toBeLessThan(gradientTolerance);
    const found = firstGradients(engine);
    for (const [weight, values] of gradients)
      expect(relativeDifference(found.get(weight)!.subarray(0, values.length), values), weight).toBeLessThan(
        gradientTolerance,
      );
  });

  test("has PyTorch's latent and reconstruction", async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    const images = reference.images(0, 2);
    expect(relativeDifference(engine.encode(images), reference.latent.data)).toBeLessThan(gradientTolerance);
    expect(relativeDifference(engine.reconstruct(images), reference.reconstruction.data)).toBeLessThan(
      gradientTolerance,
    );
  });
}

function updateTests(vectors: () => Golden, updates: number, { create, lossTolerance }: EngineSuiteOptions): void {
  test.skipIf(updates === 0)(`has PyTorch's losses over ${updates} updates, and its weights after 10`, async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    for (const [update, expected] of reference.losses.slice(0, updates).entries()) {
      const loss = engine.trainStep(batchOf(reference, update * reference.batchSize, reference.batchSize));
      expect(relativeDifference([loss], [expected]), `update ${update}`).toBeLessThan(lossTolerance);
      if (engine.step === 10) expectWeights(engine, reference.weightsAfter10);
    }
  });
}

const fixed = { seed: 20, numRuns: 60 };

function anyNetworkTests({ create, gradientTolerance }: EngineSuiteOptions): void {
  test('computes what the layers say, and the gradient of their loss', async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.integer({ min: 1, max: 3 }), async (architecture, items) => {
        await expectReference(architecture, items, create, gradientTolerance);
      }),
      fixed,
    );
  });

  test.each(awkwardNetworks)('computes $name', async (architecture) => {
    await expectReference(checkArchitecture(architecture), 3, create, gradientTolerance);
  });
}

/** Where one of TensorFlow.js's backends is silently wrong, and where one would be. */
const awkwardNetworks: readonly Architecture[] = [
  autoencoder(
    'a transposed convolution whose windows leave gaps',
    [6, 6, 1],
    [
      { type: 'maxPooling2d', poolSize: 3 },
      { type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 3, padding: 'same' },
    ],
  ),
  autoencoder(
    'upsampling of every image of a batch',
    [4, 6, 2],
    [
      { type: 'conv2d', filters: 2, kernelSize: 3, strides: 2, padding: 'same', activation: 'tanh' },
      { type: 'upSampling2d', size: 2 },
    ],
  ),
  autoencoder(
    'upsampling by a factor whose inverse is rounded down',
    [41, 41, 1],
    [
      { type: 'averagePooling2d', poolSize: 41 },
      { type: 'conv2d', filters: 1, kernelSize: 1 },
      { type: 'upSampling2d', size: 41 },
    ],
  ),
  autoencoder(
    'pooling that leaves a border out',
    [8, 5, 1],
    [
      { type: 'conv2d', filters: 2, kernelSize: 2, padding: 'same', activation: 'sigmoid' },
      { type: 'maxPooling2d', poolSize: 3 },
      { type: 'flatten' },
      { type: 'dense', units: 40 },
      { type: 'reshape', targetShape: [8, 5, 1] },
    ],
  ),
  autoencoder(
    'pooling by one',
    [3, 3, 1],
    [
      { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' },
      { type: 'maxPooling2d', poolSize: 1 },
      { type: 'averagePooling2d', poolSize: 1 },
      { type: 'upSampling2d', size: 1 },
    ],
  ),
  autoencoder(
    'a reshape from image to image',
    [4, 2, 3],
    [
      { type: 'conv2d', filters: 3, kernelSize: 1 },
      { type: 'reshape', targetShape: [2, 6, 2] },
      { type: 'conv2d', filters: 2, kernelSize: 2, padding: 'same' },
      { type: 'reshape', targetShape: [4, 2, 3] },
    ],
  ),
];

function autoencoder(name: string, input: Architecture['input'], layers: readonly Layer[]): Architecture {
  return { name, input, encoder: layers.slice(0, 1), decoder: layers.slice(1) };
}

async function expectReference(
  architecture: CheckedArchitecture,
  items: number,
  create: Create,
  tolerance: number,
): Promise<void> {
  const weights = initialWeights(architecture, 3);
  const engine = await create({ architecture, weights });
  const pixels = randomImages(architecture, items);
  const parts = Array.from({ length: items }, (_, item) => {
    const length = pixels.length / items;
    return Float64Array.from(pixels.subarray(item * length, (item + 1) * length));
  });
  const latents = parts.flatMap((part) => [...referenceOutput(architecture.encoder, weights, part)]);
  expect(relativeDifference(engine.encode(pixels), latents)).toBeLessThan(tolerance);
  const loss = engine.trainStep({ pixels, length: items });
  expect(relativeDifference([loss], [referenceLoss(architecture, weights, parts)])).toBeLessThan(tolerance);
  const gradients = firstGradients(engine);
  const largest = Math.max(...[...gradients.values()].map((values) => Math.max(...values.map(Math.abs))));
  for (const [name, gradient] of gradients)
    for (const index of someIndices(gradient.length)) {
      const [low, high] = numericalDerivatives(architecture, weights, parts, { name, index });
      expect(gradient[index], `${name}[${index}]`).toBeGreaterThan(low - tolerance * largest);
      expect(gradient[index], `${name}[${index}]`).toBeLessThan(high + tolerance * largest);
    }
  engine.dispose();
}

function contractTests(create: Create): void {
  const begin = (options: { seed?: number; learningRate?: number } = {}) =>
    create({ architecture: tiny, weights: initialWeights(tiny, options.seed ?? 1), ...options });

  test('takes bytes as 255ths', async () => {
    const engine = await begin();
    const bytes = Uint8Array.from({ length: 2 * 36 }, (_, index) => (index * 37) % 256);
    const floats = Float32Array.from(bytes, (byte) => byte / 255);
    expect(engine.reconstruct(bytes)).toEqual(engine.reconstruct(floats));
    expect(engine.evaluate({ pixels: bytes, length: 2 })).toEqual(engine.evaluate({ pixels: floats, length: 2 }));
  });

  test('takes a view of larger memory', async () => {
    const engine = await begin();
    const images = randomImages(tiny, 5);
    const view = images.subarray(36, 3 * 36);
    expect(engine.reconstruct(view)).toEqual(engine.reconstruct(view.slice()));
  });

  test('evaluates to the loss that the next step reports, and learns nothing from it', async () => {
    const engine = await begin();
    const batch = { pixels: randomImages(tiny, 5), length: 5 };
    const { loss, items } = engine.evaluate(batch);
    expect(items).toBe(5);
    expect(engine.step).toBe(0);
    expect(relativeDifference([engine.trainStep(batch)], [loss])).toBeLessThan(1e-5);
    expect(engine.step).toBe(1);
  });

  test('decodes what it encoded to its reconstruction, image by image', async () => {
    const engine = await begin();
    const images = randomImages(tiny, 5);
    const latents = engine.encode(images);
    expect(latents.length).toBe(5 * 18);
    expect(engine.decode(latents)).toEqual(engine.reconstruct(images));
    expect(
      relativeDifference(engine.reconstruct(images.subarray(0, 36)), engine.reconstruct(images).subarray(0, 36)),
    ).toBeLessThan(1e-6);
    expect(engine.encode(new Float32Array(0))).toEqual(new Float32Array(0));
  });

  test('compares with the target where there is one', async () => {
    const engine = await begin();
    const [pixels, target] = [randomImages(tiny, 2, 1), randomImages(tiny, 2, 2)];
    const reconstruction = engine.reconstruct(pixels);
    const expected =
      target.reduce((sum, value, index) => sum + (value - reconstruction[index]!) ** 2, 0) / target.length;
    expect(relativeDifference([engine.evaluate({ pixels, target, length: 2 }).loss], [expected])).toBeLessThan(1e-5);
    const steps = 200;
    let last = Number.POSITIVE_INFINITY;
    engine.learningRate = 0.02;
    for (let step = 0; step < steps; step++) last = engine.trainStep({ pixels, target, length: 2 });
    expect(last).toBeLessThan(expected / 2);
  });

  test('learns as fast as it is told to', async () => {
    const engine = await begin({ learningRate: 0.01 });
    const before = engine.weights();
    engine.learningRate = 0.25;
    expect(engine.learningRate).toBe(0.25);
    engine.trainStep({ pixels: randomImages(tiny, 3), length: 3 });
    // Adam's first update moves a weight by the learning rate, whatever its gradient.
    const name = 'decoder.1.bias';
    expect(Math.abs(engine.weights().get(name)!.data[0]! - before.get(name)!.data[0]!)).toBeCloseTo(0.25, 4);
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => {
        engine.learningRate = wrong;
      }).toThrow(/learningRate/);
  });

  test('is the same again for the same seed and other for another', async () => {
    const losses = async (seed: number) => trained(await begin({ seed }), 3);
    expect(await losses(4)).toEqual(await losses(4));
    expect(await losses(4)).not.toEqual(await losses(5));
  });

  test('goes on as if nothing had happened from weights and optimizer state', async () => {
    const engine = await begin();
    trained(engine, 5);
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    const further = trained(engine, 5);
    const resumed = await create({ architecture: tiny, weights });
    resumed.setOptimizerState(state);
    expect(resumed.step).toBe(5);
    expect(trained(resumed, 5)).toEqual(further);
    expect(resumed.weights()).toEqual(engine.weights());
    expect(resumed.optimizerState()).toEqual(engine.optimizerState());
  });

  test('hands out and takes copies', async () => {
    const engine = await begin();
    trained(engine, 1);
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    engine.setWeights(weights);
    engine.setOptimizerState(state);
    const [loss] = trained(engine, 1);
    expect(engine.weights()).not.toEqual(weights);
    for (const tensors of [weights, state.firstMoments, state.secondMoments])
      for (const { data } of tensors.values()) data.fill(9);
    const other = await begin();
    trained(other, 1);
    expect(trained(other, 1)).toEqual([loss]);
    expect(engine.weights()).toEqual(other.weights());
    expect(engine.optimizerState()).toEqual(other.optimizerState());
  });

  test("refuses another network's weights and says which", async () => {
    const engine = await begin();
    const wrong = new Map([...engine.weights()].filter(([name]) => name !== 'decoder.1.bias'));
    const mismatch = { code: 'WEIGHTS_MISMATCH', message: expect.stringContaining('decoder.1.bias') };
    expect(() => engine.setWeights(wrong)).toThrow(expect.objectContaining(mismatch));
    const { step, firstMoments } = engine.optimizerState();
    expect(() => engine.setOptimizerState({ step, firstMoments, secondMoments: wrong })).toThrow(
      expect.objectContaining(mismatch),
    );
    const short = new Map([...engine.weights(), ['decoder.1.bias', { shape: [1], data: new Float32Array(2) }]]);
    await expect(create({ architecture: tiny, weights: short })).rejects.toMatchObject(mismatch);
  });

  test('refuses batches of the wrong size', async () => {
    const engine = await begin();
    const pixels = randomImages(tiny, 2);
    const wrong = [
      () => engine.trainStep({ pixels, length: 3 }),
      () => engine.trainStep({ pixels: pixels.subarray(1), length: 2 }),
      () => engine.trainStep({ pixels, target: randomImages(tiny, 1), length: 2 }),
      () => engine.trainStep({ pixels: new Uint8Array(0), length: 0 }),
      () => engine.evaluate({ pixels, length: 1 }),
      () => engine.encode(pixels.subarray(1)),
      () => engine.reconstruct(new Uint8Array(37)),
      () => engine.decode(new Float32Array(19)),
    ];
    for (const call of wrong) expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_BATCH' }));
    expect(engine.step).toBe(0);
  });

  test('shares a process with others of its kind', async () => {
    const alone = trained(await begin({ seed: 7 }), 4);
    const [one, other] = [await begin({ seed: 7 }), await begin({ seed: 8 })];
    const together = alone.flatMap(() => {
      trained(other, 1);
      return trained(one, 1);
    });
    expect(together).toEqual(alone);
  });

  test('can be disposed of twice, and then refuses everything', async () => {
    const engine = await begin();
    const [weights, state, pixels] = [engine.weights(), engine.optimizerState(), randomImages(tiny, 1)];
    engine.dispose();
    engine.dispose();
    const calls = [
      () => engine.trainStep({ pixels, length: 1 }),
      () => engine.evaluate({ pixels, length: 1 }),
      () => engine.encode(pixels),
      () => engine.decode(new Float32Array(18)),
      () => engine.reconstruct(pixels),
      () => engine.weights(),
      () => engine.setWeights(weights),
      () => engine.optimizerState(),
      () => engine.setOptimizerState(state),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_DISPOSED' }));
  });
}

/** 6×6 pixels, a latent of 18 values, a hundred parameters. */
const tiny = checkArchitecture({
  name: 'tiny',
  input: [6, 6, 1],
  encoder: [
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'conv2dTranspose', filters: 3, kernelSize: 2, strides: 2, activation: 'tanh' },
    { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
});

/** The losses of some steps, each on a batch of its own. */
function trained(engine: Engine, steps: number): readonly number[] {
  const begin = engine.step;
  return Array.from({ length: steps }, (_, step) =>
    engine.trainStep({ pixels: randomImages(engine.architecture, 4, begin + step), length: 4 }),
  );
}

function randomImages({ architecture: { input } }: CheckedArchitecture, items: number, seed = 5): Float32Array {
  const next = uniform(seed);
  return Float32Array.from({ length: items * shapeSize(input) }, next);
}

function batchOf(reference: Golden, from: number, length: number): TrainingBatch {
  return { pixels: reference.images(from, length), length };
}

/** Adam's first moments after one update are a tenth of the gradients. */
function firstGradients(engine: Engine): ReadonlyMap<string, Float32Array> {
  const { firstMoments } = engine.optimizerState();
  return new Map([...firstMoments].map(([name, { data }]) => [name, data.map((moment) => moment / 0.1)]));
}

/** To a hundredth of an update. */
function expectWeights(engine: Engine, expected: NamedTensors): void {
  const found = engine.weights();
  for (const [name, { shape, data }] of expected) {
    expect(found.get(name)!.shape).toEqual(shape);
    expect(Math.max(...data.map((value, index) => Math.abs(value - found.get(name)!.data[index]!))), name).toBeLessThan(
      engine.learningRate / 100,
    );
  }
}

/** The largest difference as a share of the largest expected value. */
function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(found[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference === 0 ? 0 : difference / largest;
}

/** A dozen, spread over all. */
function someIndices(length: number): readonly number[] {
  const step = Math.max(1, Math.floor(length / 12));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}
