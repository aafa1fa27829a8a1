import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { LossOptions } from '../../../src/model/losses/lossOptions.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { randomImages } from '../engineSuite/measure.js';

/** A tile of several images, as dense layers take them, and images of three channels larger than a window. */
const networks = [
  checkArchitecture(TINY_NETWORK),
  checkArchitecture({
    name: 'colours',
    input: [13, 14, 3],
    encoder: [{ type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', activation: 'tanh' }],
    decoder: [{ type: 'conv2d', filters: 3, kernelSize: 3, padding: 'same', activation: 'sigmoid' }],
  }),
];

describe.each(networks)('the network $architecture.name', (network) => {
  const trained = async (loss: LossOptions['loss'], threads: number) => {
    const engine = await createEngine({ network, loss, engine: 'simd', threads });
    const batches = [23, 7].map((length) => ({ pixels: randomImages(network, length, length), length }));
    const losses = batches.map((batch) => engine.trainStep(batch));
    const result = { losses, evaluated: engine.evaluate(batches[0]!), weights: engine.weights() };
    engine.dispose();
    return result;
  };

  test.each(['ssim', 'mae+0.5*ssim+0.1*bce'] as const)(
    'comes to the same bits on any number of threads with %s',
    async (loss) => {
      const alone = await trained(loss, 1);
      for (const threads of [2, 4]) expect(await trained(loss, threads)).toEqual(alone);
    },
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'one image with %d leaves none of its losses a number, and the others as they are',
  async (value) => {
    const network = networks[1]!;
    const engine = await createEngine({ network, loss: 'mse+ssim', engine: 'simd', threads: 1 });
    const good = randomImages(network, 2);
    const before = engine.evaluate({ pixels: good, length: 2 });
    const target = good.slice();
    target[5] = value;
    const { loss, meanSquaredError } = engine.evaluate({ pixels: good, target, length: 2 });
    expect([loss, meanSquaredError]).toEqual([Number.NaN, value]);
    expect(engine.evaluate({ pixels: good, length: 2 })).toEqual(before);
    engine.dispose();
  },
);
