import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { learningGolden } from '../../fixtures/golden.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import type { EngineSuiteOptions } from './engineSuiteOptions.js';
import { randomImages, relativeDifference } from './measure.js';

/** Losses and optimizers. */
export function learningTests({ create }: EngineSuiteOptions): void {
  const cases = learningGolden()
    .filter(({ options }) => !('loss' in options))
    .map((golden) => {
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

  test('refuses the state of another optimizer', async () => {
    const engine = await create({ network: tiny, optimizer: 'sgd', momentum: 0.9 });
    const other = await create({ network: tiny, optimizer: 'rmsprop' });
    expect(() => other.setOptimizerState(engine.optimizerState())).toThrow(
      'the state is of another optimizer: expected squareAverages, found momentumBuffers',
    );
  });
}

const optimizers = [
  { optimizer: 'adam', beta1: 0.8, beta2: 0.95, epsilon: 1e-4 },
  { optimizer: 'adamw', weightDecay: 0.1, clipNorm: 0.1 },
  { optimizer: 'sgd', clipNorm: 0.01 },
  { optimizer: 'sgd', momentum: 0.9, nesterov: true },
  { optimizer: 'rmsprop', weightDecay: 0.01 },
  { optimizer: 'rmsprop', momentum: 0.5 },
] as const;

const tiny = checkArchitecture(TINY_NETWORK);

function valuesOf(engine: Engine): readonly number[] {
  return [...engine.weights().values()].flatMap(({ data }) => [...data]);
}
