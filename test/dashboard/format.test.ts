import { expect, test } from 'vitest';
import * as format from '../../src/dashboard/format.js';

test.each([
  [0.0090612, '0.00906'],
  [0.2, '0.20000'],
  [12.3456, '12.346'],
  [999.5, '999.500'],
  [1000, '1.0e+3'],
  [1e21, '1.0e+21'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [undefined, '–'],
])('the loss %s is written %s', (loss, text) => {
  expect(format.formatLoss(loss)).toBe(text);
});

test.each([
  [71_402.4, '71,400'],
  [987.6, '988'],
  [1_234_567, '1,230,000'],
  [0.3, '0'],
  [undefined, '–'],
])('the speed %s is written %s', (speed, text) => {
  expect(format.formatSpeed(speed)).toBe(text);
});

test.each([
  [0, '0:00'],
  [61_900, '1:01'],
  [3_723_000, '1:02:03'],
  [Number.POSITIVE_INFINITY, '–'],
])('%s ms are written %s', (milliseconds, text) => {
  expect(format.formatDuration(milliseconds)).toBe(text);
});

test('100 % is written only when all is done', () => {
  expect([0, 0.999, 1, 7, undefined].map(format.formatPercent)).toEqual(['0 %', '99 %', '100 %', '100 %', '–']);
});
