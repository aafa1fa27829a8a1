import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { learningGolden } from '../../fixtures/golden.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import type { EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, randomImages, relativeDifference } from './measure.js';

/** Losses and optimizers. */
export function learningTests({ create }: EngineSuiteOptions): void {
  const cases = learningGolden().map((golden) => {
    const { learningRate: _, ...options } = golden.options;
    return [golden.network.architecture.name, JSON.stringify(options), golden] as const;
  });
  test.each(cases)('learns as in PyTorch: network %s with %s', async (_network, _options, golden) => {
    const { network, initial, batchSize, options } = golden;
    const engine = await create({ network, weights: initial, ...options });
    for (const [update, expected] of golden.losses.entries()) {
      const batch = { pixels: golden.images(update * batchSize, batchSize), length: batchSize };
      const loss = engine.trainStep(batch);
      expect(relativeDifference([loss], [expected]), `update ${update}`).toBeLessThan(1e-6);
      if (update === 0 && golden.gradients) expectGradients(engine, golden.gradients);
      if (update === 0) expect(relativeDifference(valuesOf(engine), golden.weightsAfter1)).toBeLessThan(1e-6);
    }
    expect(relativeDifference(valuesOf(engine), golden.weightsAfter10)).toBeLessThan(1e-5);
  });

  describe.each(optimizers)('the optimizer %j', (options) => {
    test('goes on as if nothing had happened from weights and state', async () => {
      const batch = { pixels: randomImages(tiny, 5), length: 5 };
      const engine = await create({ network: tiny, seed: 3, ...options });
      for (let step = 0; step < 3; step++) engine.trainStep(batch);
      const [weights, state] = [engine.weights(), engine.optimizerState()];
      const further = [engine.trainStep(batch), engine.trainStep(batch)];
      const resumed = await create({ network: tiny, weights, ...options });
      resumed.setOptimizerState(state);
      expect([resumed.trainStep(batch), resumed.trainStep(batch)]).toEqual(further);
      expect(resumed.weights()).toEqual(engine.weights());
      expect(resumed.optimizerState()).toEqual(engine.optimizerState());
    });

    test('does not hide what is not a number', async () => {
      const engine = await create({ network: tiny, ...options });
      const pixels = randomImages(tiny, 2).fill(Number.NaN, 3, 4);
      expect(engine.trainStep({ pixels, length: 2 })).toBeNaN();
      expect(valuesOf(engine).some(Number.isNaN)).toBe(true);
    });
  });

  test.each(losses)('tells the loss %j as the next step does, and the squared error beside it', async (options) => {
    const [plain, engine] = [await create({ network: tiny }), await create({ network: tiny, ...options })];
    const batch = { pixels: randomImages(tiny, 5), target: randomImages(tiny, 5, 6), length: 5 };
    const { loss, items, meanSquaredError } = engine.evaluate(batch);
    expect(items).toBe(5);
    expect(relativeDifference([meanSquaredError!], [plain.evaluate(batch).loss])).toBeLessThan(1e-5);
    expect(relativeDifference([engine.trainStep(batch)], [loss])).toBeLessThan(1e-5);
    for (let step = 0; step < 30; step++) engine.trainStep(batch);
    expect(engine.evaluate(batch).loss).toBeLessThan(loss);
  });

  test.each(losses)('the loss %j does not hide what is not a number', async (options) => {
    const engine = await create({ network: tiny, ...options });
    const target = randomImages(tiny, 2).fill(Number.NaN, 3, 4);
    expect(engine.trainStep({ pixels: randomImages(tiny, 2), target, length: 2 })).toBeNaN();
    expect(valuesOf(engine).some(Number.isNaN)).toBe(true);
  });

  test('cross-entropy stays exact where the sigmoid is at its ends', async () => {
    const { weights, expected } = saturated();
    const engine = await create({ network: tiny, weights, loss: 'bce' });
    const pixels = new Float32Array(16).fill(0.25);
    expect(relativeDifference([engine.trainStep({ pixels, length: 1 })], [expected])).toBeLessThan(1e-6);
  });

  test('cross-entropy is refused without an output in 0..1', async () => {
    const [first, last] = [TINY_NETWORK.encoder, TINY_NETWORK.decoder[1]!];
    const decoder = [{ type: 'dense', units: 16, activation: 'relu' } as const, last];
    const network = checkArchitecture({ ...TINY_NETWORK, encoder: first, decoder });
    await expect(create({ network, loss: 'bce' })).rejects.toThrow(
      'loss: expected a network whose last activation is sigmoid (it is relu), found "bce". End the network with sigmoid',
    );
  });

  test('refuses the state of another optimizer', async () => {
    const engine = await create({ network: tiny, optimizer: 'sgd', momentum: 0.9 });
    const other = await create({ network: tiny, optimizer: 'rmsprop' });
    expect(() => other.setOptimizerState(engine.optimizerState())).toThrow(
      'the state is of another optimizer: expected squareAverages, found momentumBuffers',
    );
  });
}

/** Adam's first moments after one update are a tenth of the gradients. */
function expectGradients(engine: Engine, expected: readonly number[]): void {
  const found = [...firstGradients(engine).values()].flatMap((gradient) => [...gradient]);
  expect(relativeDifference(found, expected)).toBeLessThan(1e-5);
}

const optimizers = [
  { optimizer: 'adam', beta1: 0.8, beta2: 0.95, epsilon: 1e-4 },
  { optimizer: 'adamw', weightDecay: 0.1, clipNorm: 0.1 },
  { optimizer: 'sgd', clipNorm: 0.01 },
  { optimizer: 'sgd', momentum: 0.9, nesterov: true },
  { optimizer: 'rmsprop', weightDecay: 0.01 },
  { optimizer: 'rmsprop', momentum: 0.5 },
] as const;

const losses = [
  { loss: 'mae' },
  { loss: 'huber', huberDelta: 0.1 },
  { loss: 'bce' },
  { loss: 'ssim' },
  { loss: 'mse+0.2*ssim' },
  { loss: 'ssim+2*bce' },
] as const;

/** Every logit is 50, of which a sigmoid in float32 is 1: log(1 − y) would be −100 at its bound. */
function saturated() {
  const weights = new Map(
    [...initialWeights(tiny, 1)].map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(data.length).fill(name === 'decoder.0.bias' ? 50 : 0) },
    ]),
  );
  return { weights, expected: 0.75 * 50 };
}

const tiny = checkArchitecture(TINY_NETWORK);

function valuesOf(engine: Engine): readonly number[] {
  return [...engine.weights().values()].flatMap(({ data }) => [...data]);
}
