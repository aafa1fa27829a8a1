import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tagExtremes, tagPlaces, tagStepNear, tagValueAt } from '../../../src/dashboard/tags/readTagHistory.js';
import {
  addTagValues,
  cutBackTag,
  emptyTagHistory,
  lastTagStep,
  MOST_TAG_COLUMNS,
  type TagHistory,
  tagColumnAt,
  tagColumns,
} from '../../../src/dashboard/tags/tagHistory.js';
import { cases } from '../../fixtures/laws.js';

const columnsOf = (history: TagHistory) =>
  Array.from({ length: tagColumns(history) }, (_, index) => tagColumnAt(history, index)!);

const ascending = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.double({ min: -100, max: 100, noNaN: true })), { maxLength: 3000 })
  .map((steps) => {
    let step = -5;
    return steps.map(([more, value]) => {
      step += more;
      return { step, value };
    });
  });

test('of any number of values it keeps lowest, highest, last and sum, in bounded memory', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: 1, max: 500 }), (values, pieces) => {
      let history = emptyTagHistory;
      for (let at = 0; at < values.length; at += pieces) history = addTagValues(history, values.slice(at, at + pieces));
      const columns = columnsOf(history);
      expect(columns.length).toBeLessThanOrEqual(MOST_TAG_COLUMNS + 1);
      expect(history.values).toBe(values.length);
      expect(columns.reduce((sum, column) => sum + column.count, 0)).toBe(values.length);
      const sum = values.reduce((total, { value }) => total + value, 0);
      expect(columns.reduce((total, column) => total + column.sum, 0)).toBeCloseTo(sum, 6);
      expect(tagExtremes(history)?.max).toBe(
        values.length === 0 ? undefined : Math.max(...values.map(({ value }) => value)),
      );
      expect(tagExtremes(history)?.min).toBe(
        values.length === 0 ? undefined : Math.min(...values.map(({ value }) => value)),
      );
      expect(tagValueAt(history, undefined)?.last).toBe(values.at(-1)?.value);
    }),
    { numRuns: cases(100) },
  );
});

test('few values are kept as they are, whatever their steps', () => {
  const history = addTagValues(emptyTagHistory, [
    { step: 0, value: 1 },
    { step: 500, value: Number.NaN },
    { step: 501, value: 3 },
  ]);
  expect(columnsOf(history).map(({ from, last, count }) => [from, last, count])).toEqual([
    [0, 1, 1],
    [500, Number.NaN, 0],
    [501, 3, 1],
  ]);
  expect([tagStepNear(history, 400, -1), tagStepNear(history, 400, 1), tagStepNear(history, 502, 1)]).toEqual([
    0,
    500,
    undefined,
  ]);
  expect(tagValueAt(history, 499)?.last).toBe(1);
  expect(tagPlaces(history, { from: 0, to: 501 }, 2, 0)).toEqual([
    { min: 1, max: 1, mean: 1, finite: true, gap: false },
    { min: 3, max: 3, mean: 3, finite: true, gap: true },
  ]);
});

test('a step that was there before cuts back to it, and no history that was given out changes', () => {
  const values = Array.from({ length: 2000 }, (_, step) => ({ step, value: step }));
  const first = addTagValues(emptyTagHistory, values);
  const before = columnsOf(first);
  const resumed = addTagValues(first, [{ step: 1000, value: -1 }]);
  const other = addTagValues(first, [{ step: 3000, value: 9 }]);
  expect(columnsOf(first)).toEqual(before);
  expect([lastTagStep(resumed), lastTagStep(other), tagExtremes(resumed)?.min]).toEqual([1000, 3000, -1]);
  expect(tagExtremes(resumed)!.max).toBeLessThan(1000);
  expect(lastTagStep(cutBackTag(first, -1))).toBe(Number.NEGATIVE_INFINITY);
});

test('smoothing is an exponential mean that is as right at the first value as later', () => {
  const history = addTagValues(
    emptyTagHistory,
    [4, 8].map((value, step) => ({ step, value })),
  );
  const means = tagPlaces(history, { from: 0, to: 1 }, 2, 0.5).map((place) => place?.mean);
  // (4 × 0.5 + 8) / (0.5 + 1)
  expect(means).toEqual([4, expect.closeTo(20 / 3, 12)]);
});
