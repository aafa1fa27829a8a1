import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { normalizationGolden } from '../../fixtures/normalizationGolden.js';
import type { EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, randomImages, relativeDifference } from './measure.js';

/** Layers that learn from a batch as a whole. */
export function normalizationTests({ create }: EngineSuiteOptions): void {
  test.each(normalizationGolden())('normalizes as PyTorch does: $network.architecture.name', async (golden) => {
    const { network, initial: weights, learningRate } = golden;
    const sgd = { optimizer: 'sgd', momentum: 0.9 } as const;
    const engine = await create({ network, weights, learningRate, ...sgd });
    let begin = 0;
    for (const [update, length] of golden.sizes.entries()) {
      const loss = engine.trainStep({ pixels: golden.images(begin, length), length });
      begin += length;
      expect(relativeDifference([loss], [golden.losses[update]!]), `update ${update}`).toBeLessThan(5e-6);
      if (update === 0) expect(relativeDifference(valuesOf(engine), golden.after1)).toBeLessThan(1e-6);
    }
    expect(relativeDifference(valuesOf(engine), golden.after10)).toBeLessThan(2e-5);
    const pixels = golden.images(100, 2);
    expect(relativeDifference([engine.evaluate({ pixels, length: 2 }).loss], [golden.evaluated])).toBeLessThan(1e-5);
    const reconstructed = channelsFirst(engine.reconstruct(pixels), network.architecture.input);
    expect(relativeDifference(reconstructed, golden.reconstructed)).toBeLessThan(1e-5);
    const adam = await create({ network, weights });
    adam.trainStep({ pixels: golden.images(0, golden.sizes[0]!), length: golden.sizes[0]! });
    const gradients = [...firstGradients(adam).values()].flatMap((gradient) => [...gradient]);
    expect(relativeDifference(gradients, golden.gradients)).toBeLessThan(1e-5);
  });

  const { network } = normalizationGolden()[0]!;
  const batch = { pixels: randomImages(network, 5), length: 5 };

  test('goes on as if nothing had happened from weights, running statistics and state', async () => {
    const engine = await create({ network, seed: 3, weightDecay: 0.1, clipNorm: 0.1 });
    for (let step = 0; step < 3; step++) engine.trainStep(batch);
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    expect(Object.keys(Object.fromEntries(state.slots.firstMoments!)).some((name) => name.includes('running'))).toBe(
      false,
    );
    const further = [engine.trainStep(batch), engine.trainStep(batch)];
    const resumed = await create({ network, weights, weightDecay: 0.1, clipNorm: 0.1 });
    resumed.setOptimizerState(state);
    expect([resumed.trainStep(batch), resumed.trainStep(batch)]).toEqual(further);
    expect(resumed.weights()).toEqual(engine.weights());
    expect(resumed.evaluate(batch)).toEqual(engine.evaluate(batch));
  });

  test('learns statistics in training alone, and then makes of an image what it makes of many', async () => {
    const engine = await create({ network, seed: 4 });
    for (let step = 0; step < 3; step++) engine.trainStep(batch);
    const before = engine.weights();
    expect(before.get('encoder.1.running_mean')!.data.some((mean) => mean !== 0)).toBe(true);
    const together = engine.reconstruct(batch.pixels);
    const size = batch.pixels.length / batch.length;
    for (let image = 0; image < batch.length; image++) {
      const [begin, end] = [image * size, (image + 1) * size];
      expect(
        relativeDifference(engine.reconstruct(batch.pixels.slice(begin, end)), together.slice(begin, end)),
      ).toBeLessThan(1e-6);
    }
    engine.evaluate(batch);
    expect(engine.weights()).toEqual(before);
  });

  test('takes from one value alone its shift, and no statistics', async () => {
    const alone = checkArchitecture({
      name: 'alone',
      input: [1, 1, 3],
      encoder: [{ type: 'flatten' }, { type: 'dense', units: 2 }, { type: 'batchNormalization' }],
      decoder: [
        { type: 'dense', units: 3 },
        { type: 'reshape', targetShape: [1, 1, 3] },
      ],
    });
    const engine = await create({ network: alone, seed: 4 });
    const before = engine.weights();
    const loss = engine.trainStep({ pixels: Float32Array.of(0.5, 0.25, 1), length: 1 });
    expect(loss).toBeCloseTo((0.5 ** 2 + 0.25 ** 2 + 1) / 3, 6);
    const after = engine.weights();
    for (const name of ['encoder.1.weight', 'encoder.2.running_mean', 'encoder.2.running_var'])
      expect(after.get(name), name).toEqual(before.get(name));
    expect(after.get('encoder.2.bias')).not.toEqual(before.get('encoder.2.bias'));
  });

  test('keeps what is not a number in the running statistics as well', async () => {
    const engine = await create({ network });
    const pixels = randomImages(network, 2).fill(Number.NaN, 3, 4);
    expect(engine.trainStep({ pixels, length: 2 })).toBeNaN();
    expect(engine.weights().get('encoder.1.running_mean')!.data.every(Number.isNaN)).toBe(true);
    expect(engine.weights().get('encoder.1.running_var')!.data.every(Number.isNaN)).toBe(true);
  });
}

function valuesOf(engine: Engine): readonly number[] {
  return [...engine.weights().values()].flatMap(({ data }) => [...data]);
}

/** One item after the other. */
function channelsFirst(
  values: Float32Array,
  [height, width, channels]: readonly [number, number, number],
): Float32Array {
  const size = height * width;
  return values.map((_, at) => {
    const [item, within] = [Math.floor(at / (size * channels)), at % (size * channels)];
    return values[item * size * channels + (within % size) * channels + Math.floor(within / size)]!;
  });
}
