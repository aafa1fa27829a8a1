import { concatMap, from, lastValueFrom, map, of, pipe, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { OptionError } from '../../../src/errors.js';
import { batchesOf, batchOf } from '../../../src/exports/testing.js';
import { addNoise, type NoiseOptions } from '../../../src/streams/operators/addNoise.js';
import { expectMarbles } from '../marbles.js';

const shape = [28, 28, 1] as const;

function noisy(batches: readonly Batch[], options: NoiseOptions): Batch[] {
  const results: Batch[] = [];
  from(batches)
    .pipe(addNoise(options))
    .subscribe((batch) => results.push(batch));
  return results;
}

function pixelsOf(batches: readonly Batch[]): number[] {
  return batches.flatMap(({ pixels }) => [...pixels]);
}

/** The noise itself, in standard deviations: grey images and so little noise that nothing is clipped. */
function noiseOf(items: number, { epoch = 1, seed = 1 } = {}): Float64Array {
  const factor = 0.01;
  const batch = batchOf(items, { shape, epoch });
  const grey = { ...batch, pixels: new Float32Array(items * 784).fill(0.5) };
  const [result] = noisy([grey], { factor, seed });
  return Float64Array.from(result!.pixels, (value) => (value - 0.5) / factor);
}

function correlation(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0) / one.length;
}

test('gives an item the same noise in any batch', () => {
  const alone = noisy(batchesOf(20, 1), { seed: 7 });
  const together = noisy(batchesOf(20, 4), { seed: 7 });
  expect(pixelsOf(together)).toEqual(pixelsOf(alone));
});

test('gives noise that differs by item, epoch and seed', () => {
  const [first] = noisy([batchOf(1, { shape })], { seed: 1 });
  const others = [
    ...noisy([batchOf(1, { shape, from: 1 })], { seed: 1 }),
    ...noisy([batchOf(1, { shape, epoch: 2 })], { seed: 1 }),
    ...noisy([batchOf(1, { shape })], { seed: 2 }),
  ];
  for (const other of others) expect(other.pixels).not.toEqual(first!.pixels);
});

test('makes floats from 0 to 1 and keeps the pixels that came in as target', () => {
  const batch = { ...batchOf(20, { shape }), pixels: Uint8Array.from({ length: 20 * 784 }, (_, at) => at % 256) };
  const [result] = noisy([batch], { factor: 2, seed: 1 });
  expect(result).toEqual({ ...batch, pixels: expect.any(Float32Array), target: batch.pixels });
  expect(Math.min(...result!.pixels)).toBe(0);
  expect(Math.max(...result!.pixels)).toBe(1);
  expect(new Set(result!.pixels).size).toBeGreaterThan(1000);
});

test('leaves a target alone that is already set', () => {
  const target = new Uint8Array(4);
  const [result] = noisy([{ ...batchOf(1), target }], { seed: 1 });
  expect(result!.target).toBe(target);
});

test('turns bytes into their share of 255 where the factor is 0', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
  const [result] = noisy([{ ...batchOf(1, { shape: [16, 16, 1] }), pixels: bytes }], { factor: 0, seed: 1 });
  expect(result!.pixels).toEqual(Float32Array.from(bytes, (value) => value / 255));
});

test('reaches every pixel of an image with an odd number of them', () => {
  const grey = { ...batchOf(2, { shape: [3, 3, 1] }), pixels: new Float32Array(18).fill(0.5) };
  const [result] = noisy([grey], { factor: 0.1, seed: 1 });
  expect(result!.pixels).not.toContain(0.5);
});

test('is standard normal: mean, variance, kurtosis and tails', () => {
  const noise = noiseOf(400);
  const share = (beyond: number) => noise.filter((value) => Math.abs(value) > beyond).length / noise.length;
  const moment = (power: number) => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length;
  // Four standard errors for 313,600 numbers.
  expect(Math.abs(moment(1))).toBeLessThan(0.0072);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.0102);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.07);
  expect(Math.abs(share(1) - 0.31731)).toBeLessThan(0.0034);
  expect(Math.abs(share(2) - 0.0455)).toBeLessThan(0.0015);
  expect(Math.abs(share(3) - 0.0027)).toBeLessThan(0.00038);
  expect(Math.abs(share(4) - 0.0000633)).toBeLessThan(0.000057);
});

test('is independent from pixel to pixel, item to item and epoch to epoch', () => {
  const noise = noiseOf(400);
  const limit = 4 / Math.sqrt(noise.length);
  for (const distance of [1, 2, 3, 28, 784, 2 * 784])
    expect(Math.abs(correlation(noise, noise.subarray(distance)))).toBeLessThan(limit);
  expect(Math.abs(correlation(noise, noiseOf(400, { epoch: 2 })))).toBeLessThan(limit);
  expect(Math.abs(correlation(noise, noiseOf(400, { seed: 2 })))).toBeLessThan(limit);
});

test('passes completion, errors and unsubscribing on', () => {
  const values = { a: batchOf(1, { index: 0 }), b: batchOf(1, { index: 1 }), c: batchOf(1, { index: 2 }) };
  const nameNoisy = pipe(
    addNoise({ seed: 1 }),
    map(({ index }) => 'abc'[index]!),
  );
  expectMarbles(nameNoisy, values, [
    ['-a-b-|', '^----!', '-a-b-|'],
    ['-a-#', '  ^--!', '  -a-#'],
    ['-a-b-c', '^---!', ' -a-b-'],
  ]);
});

test('shares nothing between subscriptions', async () => {
  const twice = of(1, 2).pipe(
    concatMap(() => from(batchesOf(8, 4)).pipe(addNoise({ seed: 3 }), toArray())),
    toArray(),
  );
  const [first, second] = await lastValueFrom(twice);
  expect(second).toEqual(first);
});

test.each([-0.1, Infinity, Number.NaN])('refuses a factor of %d', (factor) => {
  expect(() => addNoise({ factor, seed: 1 })).toThrow(OptionError);
});
