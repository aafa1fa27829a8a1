import { expect, test } from 'vitest';
import { describeValue } from '../../src/text/describeValue.js';

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['a\u001b[2J', '"a\\u001b[2J"'],
  [1.5, '1.5'],
  [Number.NaN, 'NaN'],
  [true, 'true'],
  [10n, '10'],
  [Symbol('s'), 'Symbol(s)'],
  [[1, 2], 'a list of 2'],
  [{ toString: null }, 'an object'],
  [Object.create(null), 'an object'],
  [() => 1, 'a function'],
])('%o is %s', (value, words) => {
  expect(describeValue(value)).toBe(words);
});
