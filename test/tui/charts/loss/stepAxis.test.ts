import { expect, test } from 'vitest';
import { stepAxis } from '../../../../src/tui/charts/loss/stepAxis.js';

const textOf = (from: number, to: number) =>
  stepAxis({ from, to }, undefined, 40, 1)[0]!
    .map(([, text]) => text)
    .join('');

test.each([
  [0, 0],
  [0, 30],
  [1, 30],
])('no axis counts below 0: steps %d to %d', (from, to) => {
  expect(textOf(from, to)).not.toContain('-');
  expect(textOf(from, to)).toContain('steps');
});

test('begins before the first update, whose loss is of the time before it', () => {
  expect(textOf(1, 30)).toMatch(/└0 .*┴10 .*┴20 .*steps$/);
});
