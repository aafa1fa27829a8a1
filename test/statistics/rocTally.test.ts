import { expect, test } from 'vitest';
import { gaussian } from '../../src/random.js';
import { RocTally } from '../../src/statistics/rocTally.js';

test('is the share of pairs that stand in the right order', () => {
  const next = gaussian(5);
  const scores = Array.from({ length: 400 }, (_, at) => ({ score: Math.exp(next() + (at % 3 === 0 ? 1 : 0)), at }));
  const tally = new RocTally();
  for (const { score, at } of scores) tally.add(score, at % 3 === 0);
  const [positives, negatives] = [true, false].map((wanted) => scores.filter(({ at }) => (at % 3 === 0) === wanted));
  const won = positives!.flatMap((one) => negatives!.map((other) => Number(one.score > other.score)));
  const expected = won.reduce((sum, value) => sum + value, 0) / won.length;
  expect(tally.area()).toBeCloseTo(expected, 3);
  expect([tally.positives, tally.negatives]).toEqual([134, 266]);
});

test('counts equal scores as half, and what is no number above all', () => {
  const tally = new RocTally();
  for (const [score, isPositive] of [
    [0, true],
    [0, false],
    [Number.NaN, true],
    [1e30, false],
  ] as const)
    tally.add(score, isPositive);
  expect(tally.area()).toBe((0.5 + 0 + 1 + 1) / 4);
  expect(new RocTally().area()).toBeNaN();
});
