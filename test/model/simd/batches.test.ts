import { afterEach, expect, test } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine, Images, TrainingBatch } from '../../../src/model/engine.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { preset } from '../../../src/model/presets/presets.js';
import { blobImages } from '../../fixtures/golden.js';
import { firstCases } from '../../fixtures/laws.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { firstGradients, randomImages } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';
import { expectGradients, someWeights } from './expectReference.js';

const tiny = checkArchitecture(TINY_NETWORK);
const transpose = checkArchitecture(preset('transpose', [28, 28, 1]));
const convolutional = checkArchitecture(preset('upsample', [8, 8, 1]));

const large = checkArchitecture({
  name: 'large',
  input: [300, 400, 1],
  encoder: [{ type: 'conv2d', filters: 2, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }],
  decoder: [{ type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2 }],
});

const engines: Engine[] = [];
async function create(network: Network): Promise<Engine> {
  const engine = await createEngine({ network, weights: someWeights(network, 1), engine: 'simd', threads: 1 });
  engines.push(engine);
  return engine;
}
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

/** The first of them are those that differ most. */
const lengths = [33, 1, 7, 300, 4, 2, 3, 5, 16, 4096];

test.each(firstCases(lengths, 4))('has the loss and gradients of a batch of %i', async (length) => {
  for (const network of length > 40 ? [tiny] : [tiny, convolutional]) {
    const engine = await create(network);
    const pixels = randomImages(network, length);
    const expected = referenceStep(network, engine.weights(), { pixels, length });
    expect(relativeError(engine.evaluate({ pixels, length }).loss, expected.loss)).toBeLessThan(1e-5);
    expect(relativeError(engine.trainStep({ pixels, length }), expected.loss)).toBeLessThan(1e-5);
    expectGradients(firstGradients(engine), expected.gradients, 1e-5);
  }
});

test('learns from 600 images, more than the kernels take at once, what their parts teach on average', async () => {
  const { loss, gradients } = await firstStep({ pixels: blobImages(0, 600), length: 600 });
  const parts = await Promise.all(
    [0, 100, 200, 300, 400, 500].map((from) => firstStep({ pixels: blobImages(from, 100), length: 100 })),
  );
  expect(relativeError(loss, mean(parts.map((part) => part.loss)))).toBeLessThan(1e-5);
  const means = new Map(
    [...gradients].map(([name, values]) => [
      name,
      values.map((_, index) => mean(parts.map((part) => part.gradients.get(name)![index]!))),
    ]),
  );
  expectGradients(gradients, means, 1e-5);
});

test('makes of 600 images what it makes of each', async () => {
  const engine = await create(convolutional);
  const images = randomImages(convolutional, 600);
  const [latents, reconstructions] = [engine.encode(images), engine.reconstruct(images)];
  expect(engine.decode(latents)).toEqual(reconstructions);
  for (const index of [0, 255, 256, 257, 511, 512, 599]) {
    const image = part(images, index, 600);
    expect(part(latents, index, 600)).toEqual(engine.encode(image));
    expect(part(reconstructions, index, 600)).toEqual(engine.reconstruct(image));
  }
});

test('takes large images, of which few fit at once', async () => {
  const engine = await create(large);
  const pixels = Uint8Array.from({ length: 12 * 120_000 }, (_, index) => (index * 37) % 251);
  const losses = Array.from(
    { length: 12 },
    (_, index) => engine.evaluate({ pixels: part(pixels, index, 12), length: 1 }).loss,
  );
  const { loss } = engine.evaluate({ pixels, length: 12 });
  expect(relativeError(loss, mean(losses))).toBeLessThan(1e-5);
});

test.each([tiny, convolutional])(
  'learns the same bits from bytes and from floats: $architecture.name',
  async (network) => {
    const floats = randomImages(network, 21).map((value) => Math.round(value * 255) / 255);
    const bytes = Uint8Array.from(floats, (value) => Math.round(value * 255));
    const learnt = async (pixels: Images, target: Images) => {
      const engine = await create(network);
      const losses = [1, 2, 3].map(() => engine.trainStep({ pixels, target, length: 21 }));
      return { losses, weights: engine.weights() };
    };
    const expected = await learnt(floats, floats);
    expect(await learnt(bytes, bytes)).toEqual(expected);
    expect(await learnt(bytes, floats)).toEqual(expected);
    expect(await learnt(floats, bytes)).toEqual(expected);
    expect(await learnt(floats, floats.slice())).toEqual(expected);
  },
);

test.each([Uint8Array, Float32Array])('neither changes nor keeps what it is given, %o', async (Values) => {
  const [engine, other] = [await create(convolutional), await create(convolutional)];
  const values = (seed: number) => new Values(randomImages(convolutional, 6, seed).map((value) => value * 200));
  const batch = { pixels: values(1), target: values(2), length: 6 };
  for (let step = 0; step < 3; step++) {
    const loss = engine.trainStep(batch);
    engine.reconstruct(batch.pixels);
    expect(batch).toEqual({ pixels: values(1), target: values(2), length: 6 });
    expect(other.trainStep({ pixels: values(1), target: values(2), length: 6 })).toBe(loss);
    batch.pixels.fill(0);
    batch.target.fill(9);
    expect(engine.weights()).toEqual(other.weights());
    batch.pixels.set(values(1));
    batch.target.set(values(2));
  }
});

test('hands out results that later calls leave alone', async () => {
  const engine = await create(convolutional);
  const first = engine.reconstruct(randomImages(convolutional, 3, 1));
  const copy = first.slice();
  engine.reconstruct(randomImages(convolutional, 3, 2));
  engine.trainStep({ pixels: randomImages(convolutional, 3, 3), length: 3 });
  expect(first).toEqual(copy);
});

test('refuses a batch that does not fit, and is none the worse for it', async () => {
  const [engine, other] = [await create(tiny), await create(tiny)];
  const good = { pixels: randomImages(tiny, 2), length: 2 };
  const wrong: readonly TrainingBatch[] = [
    { pixels: new Float32Array(0), length: 0 },
    { pixels: new Float32Array(33), length: 2 },
    { pixels: new Float32Array(32), length: 3 },
    { pixels: new Float32Array(32), target: new Uint8Array(16), length: 2 },
  ];
  for (const batch of wrong)
    for (const call of [() => engine.trainStep(batch), () => engine.evaluate(batch)])
      expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_BATCH' }));
  expect(engine.step).toBe(0);
  expect(engine.trainStep(good)).toBe(other.trainStep(good));
  expect(engine.weights()).toEqual(other.weights());
});

async function firstStep(batch: TrainingBatch) {
  const engine = await create(transpose);
  return { loss: engine.trainStep(batch), gradients: firstGradients(engine) };
}

function part<Values extends Images>(values: Values, index: number, parts: number): Values {
  const length = values.length / parts;
  return values.subarray(index * length, (index + 1) * length) as Values;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function relativeError(found: number, expected: number): number {
  return Math.abs(found / expected - 1);
}
