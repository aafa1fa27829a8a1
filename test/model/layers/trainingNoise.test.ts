// Dropout and Gaussian noise: how much they disturb, when, and that it is a function of seed, step, item and place.
import { afterEach, describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine, NamedTensors } from '../../../src/model/engine.js';
import { noiseKey, noiseWord } from '../../../src/model/layers/definition/trainingNoise.js';
import { dropoutFactor } from '../../../src/model/layers/dropout.js';
import { gaussianNoiseValue } from '../../../src/model/layers/gaussianNoise.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { createEngine, type EngineOptions } from '../../../src/model/node/createEngine.js';
import { hash } from '../../../src/random.js';
import { relativeDifference } from '../engineSuite/measure.js';

const VALUES = 100_000;
const words = (item: number) => {
  const key = noiseKey({ seed: 3, step: 7 }, 1, item);
  return Array.from({ length: VALUES }, (_, place) => noiseWord(key, place));
};

test.each([0, 0.1, 0.5, 0.9])('dropout drops a share of %d, and leaves the mean', (rate) => {
  const factors = words(0).map((word) => dropoutFactor({ type: 'dropout', rate }, word));
  const error = 4 / Math.sqrt(VALUES);
  expect(Math.abs(factors.filter((factor) => factor === 0).length / VALUES - rate)).toBeLessThanOrEqual(error * rate);
  expect(Math.abs(mean(factors) - 1)).toBeLessThan(error * 3);
});

test('noise has a mean of zero and its standard deviation, and is another one for each item', () => {
  const [one, other] = [0, 1].map((item) =>
    words(item).map((word) => gaussianNoiseValue({ type: 'gaussianNoise', standardDeviation: 2 }, word)),
  ) as [number[], number[]];
  const error = 4 / Math.sqrt(VALUES);
  expect(Math.abs(mean(one))).toBeLessThan(2 * error);
  expect(Math.abs(mean(one.map((value) => value ** 2)) - 4)).toBeLessThan(4 * 1.5 * error);
  expect(Math.abs(mean(one.map((value, place) => value * other[place]!)))).toBeLessThan(4 * error);
});

describe.each<[string, Partial<EngineOptions>]>([
  ['simd', { engine: 'simd', threads: 1 }],
  ['tfjs', { engine: 'tfjs', backend: 'wasm' }],
])('the engine %s', (_, options) => {
  const engines: Engine[] = [];
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
  });
  const encoder: readonly Layer[] = [
    { type: 'gaussianNoise', standardDeviation: 0.2 },
    { type: 'conv2d', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'flatten' },
    { type: 'dense', units: 4 },
  ];
  const decoder: readonly Layer[] = [
    { type: 'dropout', rate: 0.25 },
    { type: 'dense', units: 16, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [4, 4, 1] },
  ];
  const network = checkArchitecture({ name: 'noisy', input: [4, 4, 1], encoder, decoder });
  const create = async (others: Partial<EngineOptions> = {}) => {
    const engine = await createEngine({ network, seed: 5, ...options, ...others });
    engines.push(engine);
    return engine;
  };
  const pixels = Uint8Array.from({ length: 16 * 11 }, (_, at) => hash(at) % 256);
  const batch = { pixels, length: 11 };
  const train = (engine: Engine, steps: number) => Array.from({ length: steps }, () => engine.trainStep(batch));
  const values = (tensors: NamedTensors) => [...tensors].map(([name, { data }]) => [name, ...data]);

  test('goes on after a resume as without it', async () => {
    const whole = await create();
    const losses = train(whole, 6);
    const first = await create();
    expect(train(first, 3)).toEqual(losses.slice(0, 3));
    const second = await create({ weights: first.weights() });
    second.setOptimizerState(first.optimizerState());
    expect(train(second, 3)).toEqual(losses.slice(3));
    expect(values(second.weights())).toEqual(values(whole.weights()));
  });

  test('draws anew for each update and for each seed', async () => {
    const [one, other] = [await create({ learningRate: 1e-30 }), await create({ learningRate: 1e-30, seed: 6 })];
    other.setWeights(one.weights());
    const losses = [...train(one, 4), ...train(other, 4)];
    expect(new Set(losses).size).toBe(8);
  });

  test('disturbs nothing but training', async () => {
    const engine = await create();
    const quiet = checkArchitecture({
      name: 'quiet',
      input: [4, 4, 1],
      encoder: encoder.filter(({ type }) => type !== 'gaussianNoise' && type !== 'dropout'),
      decoder: decoder.filter(({ type }) => type !== 'dropout'),
    });
    const named = new Map([...engine.weights()].map(([name, tensor]) => [QUIET[name]!, tensor]));
    const undisturbed = await create({ network: quiet, weights: named });
    // The kernels of a first layer sum in another order.
    expect(relativeDifference(engine.encode(pixels), undisturbed.encode(pixels))).toBeLessThan(1e-6);
    expect(relativeDifference(engine.reconstruct(pixels), undisturbed.reconstruct(pixels))).toBeLessThan(1e-6);
    expect(engine.evaluate(batch).loss).toBeCloseTo(undisturbed.evaluate(batch).loss, 6);
    expect(engine.trainStep(batch)).not.toBeCloseTo(undisturbed.trainStep(batch), 4);
  });
});

/** What the layers are called where those that disturb are left out. */
const QUIET: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['encoder.1', 'encoder.0'],
    ['encoder.4', 'encoder.2'],
    ['decoder.1', 'decoder.0'],
  ].flatMap(([name, quiet]) => ['weight', 'bias'].map((tensor) => [`${name}.${tensor}`, `${quiet}.${tensor}`])),
);

test('any number of threads comes to the same bits, in batches of several jobs too', async () => {
  const network = checkArchitecture({
    name: 'noisy',
    input: [4, 4, 1],
    encoder: [{ type: 'flatten' }, { type: 'dropout', rate: 0.5 }, { type: 'dense', units: 4 }],
    decoder: [
      { type: 'gaussianNoise', standardDeviation: 0.1 },
      { type: 'dense', units: 16 },
      { type: 'reshape', targetShape: [4, 4, 1] },
    ],
  });
  const pixels = Uint8Array.from({ length: 16 * 600 }, (_, at) => hash(at) % 256);
  const trained = async (threads: number) => {
    const engine = await createEngine({ network, engine: 'simd', threads });
    const losses = [1, 2].map(() => engine.trainStep({ pixels, length: 600 }));
    const weights = [...engine.weights()].map(([name, { data }]) => [name, ...data]);
    engine.dispose();
    return [losses, weights];
  };
  expect(await trained(3)).toEqual(await trained(1));
});

test.each([
  [{ type: 'dropout', rate: 1 }, 'a number from 0 to below 1'],
  [{ type: 'dropout', rate: -0.1 }, 'a number from 0 to below 1'],
  [{ type: 'gaussianNoise', standardDeviation: Number.NaN }, 'a number from 0 to 1000'],
  [{ type: 'gaussianNoise', stddev: 0.1 }, 'stddev'],
])('refuses %j', (layer, expected) => {
  const flat = [{ type: 'flatten' }, { type: 'dense', units: 4 }, { type: 'reshape', targetShape: [2, 2, 1] }];
  expect(() => checkArchitecture({ name: 'x', input: [2, 2, 1], encoder: [layer], decoder: flat })).toThrow(expected);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
