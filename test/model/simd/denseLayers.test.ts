// Dense layers leave out inputs of zero, and gradients of zero where only relu makes some; that changes no number.
import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { firstGradients, randomImages } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';
import { expectReference, someBatch, someWeights } from './expectReference.js';

const flatten: Layer = { type: 'flatten' };
const relu = (units: number): Layer => ({ type: 'dense', units, activation: 'relu' });
const decoder: readonly Layer[] = [
  relu(64),
  { type: 'dense', units: 80, activation: 'sigmoid' },
  { type: 'reshape', targetShape: [8, 10, 1] },
];
const networkOf = (name: string, encoder: readonly Layer[]) =>
  checkArchitecture({ name, input: [8, 10, 1], encoder, decoder });

// Of 72 units one pair of vectors is left over from four pairs.
const plain = networkOf('plain', [flatten, relu(72), { type: 'dense', units: 5 }]);
// Behind noise no input is zero.
const noisy = networkOf('noisy', [{ type: 'gaussianNoise', standardDeviation: 0.1 }, flatten, relu(72), relu(8)]);
const dark = (items: number) => someBatch(plain, { items, seed: 3, isDark: true });

describe.each([
  ['plain', plain],
  ['noisy', noisy],
])('a network that is %s', (_, network) => {
  test.each([1, 2, 3, 9, 10, 20, 33])('computes %d images, most of them dark or not', async (items) => {
    await expectReference(network, { items, seed: 4, isDark: true });
    await expectReference(network, { items, seed: 5, isDark: false });
  });

  test('comes to the same bits on any number of threads', async () => {
    const learned = async (threads: number) => {
      const engine = await createEngine({ network, weights: someWeights(network, 1), engine: 'simd', threads });
      const losses = [1, 2, 3].map(() => engine.trainStep(dark(20)));
      const weights = engine.weights();
      engine.dispose();
      return [losses, weights];
    };
    expect(await learned(2)).toEqual(await learned(1));
  });
});

test('an image comes to the same bits among dark images and among others', async () => {
  const engine = await createEngine({ network: plain, weights: someWeights(plain, 1), engine: 'simd', threads: 1 });
  const image = dark(1).pixels;
  const others = randomImages(plain, 7, 6);
  const alone = engine.reconstruct(image);
  expect(engine.reconstruct(Float32Array.from([...image, ...others])).subarray(0, 80)).toEqual(alone);
  engine.dispose();
});

test('black images leave the first weights as they are', async () => {
  const weights = someWeights(plain, 1);
  const engine = await createEngine({ network: plain, weights, engine: 'simd', threads: 1 });
  engine.trainStep({ pixels: new Uint8Array(80 * 20), length: 20, target: new Uint8Array(80 * 20).fill(200) });
  expect(engine.weights().get('encoder.1.weight')).toEqual(weights.get('encoder.1.weight'));
  expect(engine.weights().get('decoder.1.weight')).not.toEqual(weights.get('decoder.1.weight'));
  engine.dispose();
});

test.each([
  ['encoder.1.weight', Number.POSITIVE_INFINITY],
  ['encoder.1.weight', Number.NaN],
  ['decoder.1.weight', Number.NEGATIVE_INFINITY],
])('%s of %d meets zeros as IEEE says', async (name, value) => {
  const original = someWeights(plain, 2);
  const { shape, data } = original.get(name)!;
  const weights: NamedTensors = new Map([...original, [name, { shape, data: data.with(7, value) }]]);
  const batch = dark(3);
  const expected = referenceStep(plain, weights, batch);
  const engine = await createEngine({ network: plain, weights, engine: 'simd', threads: 1 });
  expect(areNumbers(engine.reconstruct(batch.pixels))).toEqual(areNumbers(expected.output));
  engine.trainStep(batch);
  for (const [tensor, found] of firstGradients(engine))
    expect(areNumbers(found), tensor).toEqual(areNumbers(expected.gradients.get(tensor)!));
  engine.dispose();
});

test('a gradient of NaN reaches the weights of inputs that are zero', async () => {
  const engine = await createEngine({ network: plain, weights: someWeights(plain, 2), engine: 'simd', threads: 1 });
  const batch = dark(3);
  engine.trainStep({ ...batch, target: new Float32Array(240).fill(Number.NaN) });
  expect(firstGradients(engine).get('encoder.1.weight')!.some(Number.isFinite)).toBe(false);
  engine.dispose();
});

function areNumbers(values: ArrayLike<number>): readonly boolean[] {
  return Array.from(values, Number.isFinite);
}
