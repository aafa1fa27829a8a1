import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addLoss, columnsOf, emptyHistory, type LossHistory, resampled } from '../../src/tui/lossHistory.js';

function historyOf(losses: readonly number[], firstStep = 1): LossHistory {
  return losses.reduce((history, loss, index) => addLoss(history, firstStep + index, loss), emptyHistory);
}

test('keeps every loss apart while there are few', () => {
  expect(columnsOf(historyOf([3, 1, 2])).map(({ min, max }) => [min, max])).toEqual([
    [3, 3],
    [1, 1],
    [2, 2],
  ]);
});

test('never holds more than 512 columns, and the extremes survive', () => {
  const losses = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 3000,
    size: 'max',
  });
  fc.assert(
    fc.property(losses, (values) => {
      const columns = columnsOf(historyOf(values));
      expect(columns.length).toBeLessThanOrEqual(512);
      expect(Math.min(...columns.map(({ min }) => min))).toBe(Math.min(...values));
      expect(Math.max(...columns.map(({ max }) => max))).toBe(Math.max(...values));
    }),
    { numRuns: 20 },
  );
});

test('a loss far ahead halves the resolution until it fits', () => {
  const history = addLoss(historyOf([1, 2]), 90_000, 3);
  expect(history.stride).toBe(256);
  expect(columnsOf(history).map(({ index, max }) => [index, max])).toEqual([
    [0, 2],
    [351, 3],
  ]);
});

test('the mean is right from the first loss on', () => {
  expect(columnsOf(historyOf([7, 7, 7])).map(({ mean }) => Math.round(mean * 1e9) / 1e9)).toEqual([7, 7, 7]);
});

test('what is not finite leaves a gap', () => {
  expect(columnsOf(historyOf([1, Number.NaN, Number.POSITIVE_INFINITY, 2])).map(({ index }) => index)).toEqual([0, 3]);
});

test('a step that comes again cuts the history back', () => {
  const history = addLoss(historyOf([1, 2, 3, 4]), 3, 9);
  expect(columnsOf(history).map(({ max }) => max)).toEqual([1, 2, 9]);
});

test('resampling puts the first step first and the last step last', () => {
  const places = resampled(historyOf([5, 6, 7]), 10);
  expect([places[0]?.max, places[9]?.max, places.filter((place) => place !== undefined).length]).toEqual([5, 7, 3]);
});
