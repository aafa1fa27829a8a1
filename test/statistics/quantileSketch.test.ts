import { expect, test } from 'vitest';
import { uniform } from '../../src/random.js';
import { QuantileSketch } from '../../src/statistics/quantileSketch.js';

const sketchOf = (values: readonly number[]): QuantileSketch => {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
};

test.each([0.001, 0.5, 0.95, 0.99, 1])('the quantile %d is within 0.1 %% of the exact one', (share) => {
  const random = uniform(7);
  const values = Array.from({ length: 5_000 }, () => random() ** 3 * 0.3);
  const exact = values.toSorted((one, other) => one - other)[Math.ceil(share * values.length) - 1]!;
  expect(Math.abs(sketchOf(values).quantile(share) / exact - 1)).toBeLessThan(1e-3);
  const above = sketchOf(values).upperQuantile(share) / exact - 1;
  expect([above >= 0, above < 1e-3]).toEqual([true, true]);
});

test('few values, zeros, infinities and NaN have their quantiles', () => {
  expect(sketchOf([0.25]).quantile(0.5)).toBe(0.25);
  expect(sketchOf([0, 0, 0.25]).quantile(0.5)).toBe(0);
  expect(sketchOf([1, Number.POSITIVE_INFINITY]).quantile(0)).toBeCloseTo(1, 3);
  expect(sketchOf([Number.NaN, 2]).count).toBe(1);
  expect(sketchOf([]).quantile(0.5)).toBeNaN();
});
