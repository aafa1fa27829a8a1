import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { penaltyGolden } from '../../fixtures/penaltyGolden.js';
import type { EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, randomImages, relativeDifference } from './measure.js';

/** Latents that add to the loss. */
export function penaltyTests({ create }: EngineSuiteOptions): void {
  const cases = penaltyGolden().map((golden) => [golden.name, golden] as const);
  test.each(cases)('learns as in PyTorch: %s', async (_, golden) => {
    const { network, initial, batchSize, options } = golden;
    const engine = await create({ network, weights: initial, ...options });
    const batchOf = (update: number) => ({ pixels: golden.images(update * batchSize, batchSize), length: batchSize });
    const measured = Object.values(engine.evaluate(batchOf(0)).metrics!);
    expect(relativeDifference(measured, [golden.penalty])).toBeLessThan(1e-6);
    for (const [update, expected] of golden.losses.entries()) {
      const loss = engine.trainStep(batchOf(update));
      expect(relativeDifference([loss], [expected]), `update ${update}`).toBeLessThan(1e-6);
      if (update !== 0) continue;
      if (options.optimizer === undefined)
        expect(relativeDifference(flat(firstGradients(engine)), golden.gradients)).toBeLessThan(1e-5);
      expect(relativeDifference(valuesOf(engine), golden.weightsAfter1)).toBeLessThan(1e-6);
    }
    expect(relativeDifference(valuesOf(engine), golden.weightsAfter10)).toBeLessThan(1e-5);
  });

  test('a variational latent is its mean, but in training', async () => {
    const plain = checkArchitecture({
      ...networkOf({ type: 'variational' }).architecture,
      encoder: [flatten, dense(3)],
    });
    const engine = await create({ network: networkOf({ type: 'variational' }), learningRate: 1e-30 });
    const halved = [...engine.weights()].map(
      ([
        name,
        {
          shape: [rows = 0, ...rest],
          data,
        },
      ]) =>
        name.startsWith('encoder')
          ? ([name, { shape: [rows / 2, ...rest], data: data.slice(0, data.length / 2) }] as const)
          : ([name, { shape: [rows, ...rest], data }] as const),
    );
    const means = await create({ network: plain, weights: new Map(halved) });
    const batch = { pixels: randomImages(plain, 5), length: 5 };
    expect(relativeDifference(engine.encode(batch.pixels), means.encode(batch.pixels))).toBeLessThan(1e-6);
    expect(relativeDifference(engine.reconstruct(batch.pixels), means.reconstruct(batch.pixels))).toBeLessThan(1e-6);
    const { meanSquaredError, loss, metrics } = engine.evaluate(batch);
    expect(relativeDifference([meanSquaredError!], [means.evaluate(batch).loss])).toBeLessThan(1e-6);
    expect(relativeDifference([loss], [meanSquaredError! + metrics!.kl! / 16])).toBeLessThan(1e-6);
    expect(new Set([engine.trainStep(batch), engine.trainStep(batch), loss]).size).toBe(3);
  });

  test('the test loss knows nothing of the warm-up', async () => {
    const [sudden, rising] = [
      await create({ network: networkOf({ type: 'variational', klWeight: 4 }) }),
      await create({ network: networkOf({ type: 'variational', klWeight: 4, klWarmUp: 1000 }) }),
    ];
    const batch = { pixels: randomImages(sudden.network, 3), length: 3 };
    expect(rising.evaluate(batch)).toEqual(sudden.evaluate(batch));
    expect(rising.trainStep(batch)).toBeLessThan(sudden.trainStep(batch));
  });

  test('goes on as if nothing had happened from weights and state, in the middle of the warm-up', async () => {
    const network = networkOf({ type: 'variational', klWarmUp: 5 });
    const batch = { pixels: randomImages(network, 5), length: 5 };
    const engine = await create({ network, seed: 3 });
    for (let step = 0; step < 3; step++) engine.trainStep(batch);
    const resumed = await create({ network, seed: 3, weights: engine.weights() });
    resumed.setOptimizerState(engine.optimizerState());
    const further = [1, 2, 3].map(() => engine.trainStep(batch));
    expect([1, 2, 3].map(() => resumed.trainStep(batch))).toEqual(further);
    expect(valuesOf(resumed)).toEqual(valuesOf(engine));
  });

  test('a sparse latent has more zeros', async () => {
    const sparse = { type: 'activityRegularization', l1: 0.05 } as const;
    const zeros = async (l1: number) => {
      const engine = await create({ network: networkOf({ ...sparse, l1 }, 'relu'), learningRate: 0.02 });
      const pixels = randomImages(engine.network, 20);
      for (let step = 0; step < 150; step++) engine.trainStep({ pixels, length: 20 });
      return engine.encode(pixels).filter((value) => value < 1e-3).length;
    };
    expect(await zeros(0.05)).toBeGreaterThan((await zeros(0)) + 20);
  });

  test.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a log-variance whose exponential is beyond float32', 100],
  ])('does not hide %s', async (_, bias) => {
    const network = networkOf({ type: 'variational' });
    const engine = await create({ network });
    const weights = new Map(engine.weights());
    weights.set('encoder.1.bias', { shape: [6], data: Float32Array.of(0, 0, 0, 0, bias, 0) });
    engine.setWeights(weights);
    const batch = { pixels: randomImages(network, 2), length: 2 };
    const { loss } = engine.evaluate(batch);
    if (bias === 100) expect(loss).toBeGreaterThan(1e40);
    else expect(Number.isFinite(loss)).toBe(false);
    engine.trainStep(batch);
    expect(flat(firstGradients(engine)).some((value) => !Number.isFinite(value))).toBe(true);
  });

  test('as in PyTorch, the sign of zero and of what is no number is zero', async () => {
    const network = networkOf({ type: 'activityRegularization', l1: 1 });
    const engine = await create({ network, learningRate: 1e-30 });
    const weights = new Map(
      [...engine.weights()].map(([name, { shape, data }]) => [name, { shape, data: data.map(() => 0) }]),
    );
    const gradientOf = (bias: readonly number[]) => {
      engine.setWeights(new Map([...weights, ['encoder.1.bias', { shape: [6], data: Float32Array.from(bias) }]]));
      engine.trainStep({ pixels: new Float32Array(16), length: 1 });
      return engine.optimizerState().slots.firstMoments!.get('encoder.1.bias')!.data;
    };
    const found = gradientOf([0, -0, 2, -2, 0, 1]).map((moment) => Math.round(moment * 1e6) / 1e5);
    expect([...found].map((value) => value + 0)).toEqual([0, 0, 1, -1, 0, 1]);
  });
}

const flatten = { type: 'flatten' } as const;
const dense = (units: number, activation: 'linear' | 'relu' = 'linear') =>
  ({ type: 'dense', units, activation }) as const;

/** Sixteen values, through six. */
function networkOf(last: object, activation: 'linear' | 'relu' = 'linear') {
  return checkArchitecture({
    name: 'small',
    input: [4, 4, 1],
    encoder: [flatten, dense(6, activation), last],
    decoder: [
      { type: 'dense', units: 16, activation: 'sigmoid' },
      { type: 'reshape', targetShape: [4, 4, 1] },
    ],
  });
}

function valuesOf(engine: Engine): readonly number[] {
  return [...engine.weights().values()].flatMap(({ data }) => [...data]);
}

function flat(tensors: ReadonlyMap<string, Float32Array>): readonly number[] {
  return [...tensors.values()].flatMap((values) => [...values]);
}
