import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centred, centredMeanAt } from '../../../src/dashboard/history/centredMean.js';
import { addLosses, emptyHistory, type LossHistory } from '../../../src/dashboard/history/lossHistory.js';
import { placed } from '../../../src/dashboard/history/readHistory.js';

const historyOf = (losses: readonly number[], every = 1): LossHistory =>
  addLosses(
    emptyHistory,
    losses.map((loss, index) => ({ step: (index + 1) * every, loss })),
  );
const means = (history: LossHistory, from: number, to: number): (number | undefined)[] =>
  centred(history, { from, to }, placed(history, { from, to }, to - from + 1)).map((column) => column?.mean);

test('a loss that rises evenly is its own mean, at the beginning, in between, and also in a window', () => {
  const rising = historyOf(Array.from({ length: 500 }, (_, index) => index + 1));
  for (const [from, to] of [
    [1, 480],
    [300, 420],
  ] as const)
    for (const [index, mean] of means(rising, from, to).entries())
      expect(Math.abs(mean! - (from + index))).toBeLessThan(1.01);
  expect(Math.abs(centredMeanAt(rising, 250)! - 250)).toBeLessThan(1.01);
});

test('where nothing is known of what comes, it is the mean of what was', () => {
  const rising = historyOf(Array.from({ length: 500 }, (_, index) => index + 1));
  expect([means(rising, 401, 500).at(-1), centredMeanAt(rising, 500)]).toEqual([rising.mean, rising.mean]);
});

test('losses of every tenth step are late by losses, not by steps', () => {
  const rising = historyOf(
    Array.from({ length: 100 }, (_, index) => index + 1),
    10,
  );
  expect(Math.abs(centredMeanAt(rising, 500)! - 50)).toBeLessThan(1.01);
});

test('for any losses there is a mean wherever there was one, within what the losses were', () => {
  const loss = fc.oneof({ arbitrary: fc.double({ min: 0, max: 9, noNaN: true }), weight: 9 }, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(loss, { maxLength: 80 }), fc.integer({ min: 1, max: 90 }), (losses, count) => {
      const history = historyOf(losses);
      const range = { from: 1, to: Math.max(1, losses.length) };
      const before = placed(history, range, count);
      const finite = losses.filter(Number.isFinite);
      for (const [place, column] of centred(history, range, before).entries()) {
        expect(column?.finite).toBe(before[place]?.finite);
        if (column?.finite !== true) continue;
        expect(column.mean).toBeGreaterThanOrEqual(Math.min(...finite) - 1e-9);
        expect(column.mean).toBeLessThanOrEqual(Math.max(...finite) + 1e-9);
      }
    }),
  );
});
