import { expect } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { uniform } from '../../../src/random.js';
import { firstGradients, randomImages } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';

export interface Example {
  readonly items: number;
  readonly seed: number;
  /** Black but for a few pixels: kernels skip windows of zeros. */
  readonly isDark?: boolean;
  /** The output is compared with other images than the input. */
  readonly isDenoising?: boolean;
  /** @default 1 */
  readonly threads?: number;
  readonly relaxed?: boolean;
  /** Of gradients, as a share of the largest. @default 1e-5 */
  readonly tolerance?: number;
}

/** Latents, output, loss and every gradient of a first step, against the float64 reference. */
export async function expectReference(network: Network, example: Example): Promise<void> {
  const { seed, threads = 1, relaxed, tolerance = 1e-5 } = example;
  const weights = someWeights(network, seed);
  const batch = someBatch(network, example);
  const expected = referenceStep(network, weights, batch);
  const engine = await createEngine({ network, weights, engine: 'simd', threads, relaxed });
  expect(largestDifference(engine.encode(batch.pixels), expected.latents)).toBeLessThan(1e-5);
  expect(largestDifference(engine.reconstruct(batch.pixels), expected.output)).toBeLessThan(1e-5);
  expect(Math.abs(engine.trainStep(batch) / expected.loss - 1)).toBeLessThan(1e-5);
  const gradients = firstGradients(engine);
  engine.dispose();
  expectGradients(gradients, expected.gradients, tolerance);
}

type Gradients = ReadonlyMap<string, Float32Array | Float64Array>;

/** @param tolerance as a share of the network's largest gradient */
export function expectGradients(found: Gradients, expected: Gradients, tolerance: number): void {
  let largest = 0;
  for (const values of expected.values()) for (const value of values) largest = Math.max(largest, Math.abs(value));
  for (const [name, values] of expected)
    expect(largestDifference(found.get(name)!, values), name).toBeLessThanOrEqual(tolerance * largest);
}

/** NaN where one of them is. */
function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(found[i]! - expected[i]!));
  return largest;
}

/** Initial weights with biases above zero: few relus are dead. */
export function someWeights(network: Network, seed: number): NamedTensors {
  const raised = (data: Float32Array) => data.map((bias) => Math.abs(bias) + 0.1);
  return new Map(
    [...initialWeights(network, seed)].map(([name, { shape, data }]) => [
      name,
      { shape, data: name.endsWith('.bias') ? raised(data) : data },
    ]),
  );
}

export function someBatch(network: Network, { items, seed, isDark, isDenoising }: Example) {
  const pixels = randomImages(network, items, seed);
  if (isDark) darken(pixels, seed);
  return { pixels, length: items, ...(isDenoising ? { target: randomImages(network, items, seed + 1) } : {}) };
}

/** Leaves a run of values of each 40. */
function darken(pixels: Float32Array, seed: number): void {
  const next = uniform(seed + 2);
  for (let begin = 0; begin < pixels.length; begin += 40) {
    const [from, count] = [Math.floor(next() * 36), 1 + Math.floor(next() * 4)];
    pixels.fill(0, begin, begin + from);
    pixels.fill(0, begin + from + count, begin + 40);
  }
}
