// Mean, covariance, its factor and principal components beside what NumPy says of the same vectors.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cholesky } from '../../src/statistics/cholesky.js';
import { CovarianceTally } from '../../src/statistics/covarianceTally.js';
import { principalComponents } from '../../src/statistics/principalComponents.js';
import { symmetricEigen } from '../../src/statistics/symmetricEigen.js';

interface Case {
  readonly items: number;
  readonly size: number;
  readonly mean: readonly number[];
  readonly covariance: readonly number[];
  readonly factor: readonly number[];
  readonly variances: readonly number[];
  readonly components: readonly number[];
}
const { cases } = JSON.parse(readFileSync('test/fixtures/peers/spread.json', 'utf8')) as { cases: Case[] };

const vectorsOf = ({ items, size }: Pick<Case, 'items' | 'size'>): Float64Array =>
  Float64Array.from({ length: items * size }, (_, place) => {
    const [i, j] = [Math.floor(place / size), place % size];
    return 100 + Math.sin(1.7 * i + 0.9 * j ** 2) + 0.3 * (j + 1) * Math.cos(i);
  });

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, distance: number): void {
  expect(actual).toHaveLength(expected.length);
  const farthest = Math.max(...Array.from(expected, (value, at) => Math.abs(value - actual[at]!)));
  expect(farthest).toBeLessThan(distance);
}

describe.each(cases)('$items vectors of $size values', (golden) => {
  const { items, size, mean, covariance, factor, variances, components } = golden;
  const vectors = vectorsOf(golden);

  test('have the mean and the covariance that NumPy says, however they come', () => {
    const tally = new CovarianceTally(size);
    tally.add(vectors.subarray(0, size));
    tally.add(vectors.subarray(size));
    expect(tally.count).toBe(items);
    const spread = tally.result();
    expectNear(spread.mean, mean, 1e-12);
    expectNear(spread.covariance, covariance, 1e-12);
  });

  test('have its Cholesky factor', () => {
    const definite = Float64Array.from(covariance, (value, at) => value + (at % (size + 1) === 0 ? 0.01 : 0));
    expectNear(cholesky(definite, size), factor, 1e-12);
  });

  test('have its principal components', () => {
    const spread = { mean: Float64Array.from(mean), covariance: Float64Array.from(covariance) };
    const found = principalComponents(spread);
    expectNear(found.variances, variances, 1e-12);
    expectNear(found.components.subarray(0, 3 * size), components, 1e-10);
    expect(found.shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    // Along a component vectors vary as much as it says.
    const two = principalComponents(spread, { count: 2 });
    const tally = new CovarianceTally(2);
    tally.add(two.project(vectors));
    const [first = 0, across = 0, , second = 0] = tally.result().covariance;
    expect([first, second].map((variance, at) => Math.abs(variance - variances[at]!) < 1e-5)).toEqual([true, true]);
    expect(Math.abs(across)).toBeLessThan(1e-5);
  });
});

/** What a lower triangle is the factor of. */
function squared(lower: Float64Array, size: number): Float64Array {
  return lower.map((_, place) => {
    const [row, column] = [Math.floor(place / size), place % size];
    let sum = 0;
    for (let at = 0; at < size; at++) sum += lower[row * size + at]! * lower[column * size + at]!;
    return sum;
  });
}

test('a covariance of values that depend on each other, or never change, has a factor none the less', () => {
  const size = 4;
  const tally = new CovarianceTally(size);
  for (let item = 0; item < 30; item++) {
    const [a, b] = [Math.sin(item), Math.cos(3 * item)];
    tally.add(Float64Array.of(a, b, a - 2 * b, 5));
  }
  const { covariance } = tally.result();
  expectNear(squared(cholesky(covariance, size), size), covariance, 1e-8);
  expect(cholesky(new Float64Array(9), 3)).toEqual(new Float64Array(9));
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(RangeError);
  expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(RangeError);
});

test.each([0, 1, 2, 7, 60])('eigenvectors of %d rows are such, and at right angles', (size) => {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      const value = row % 5 === 3 ? 0 : Math.sin(7.1 * row + 3.3 * column);
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
  const { values, vectors } = symmetricEigen(matrix, size);
  expect([...values]).toEqual([...values].sort((one, other) => other - one));
  const back = matrix.map((_, place) => {
    const [row, column] = [Math.floor(place / size), place % size];
    let sum = 0;
    for (let at = 0; at < size; at++) sum += values[at]! * vectors[at * size + row]! * vectors[at * size + column]!;
    return sum;
  });
  if (size > 0) expectNear(back, matrix, 1e-12);
});

test('a few components at most are as many as there are values', () => {
  const spread = { mean: new Float64Array(2), covariance: new Float64Array(4) };
  expect([...principalComponents(spread).shares]).toEqual([0, 0]);
  expect(() => principalComponents(spread, { count: 3 })).toThrow('count: expected a whole number, 1 to 2, found 3');
});
