import { expect, test } from 'vitest';
import { lineAndColumn } from '../../src/text/lineAndColumn.js';

test.each([
  [0, 'line 1, column 1'],
  [1, 'line 1, column 2'],
  [3, 'line 2, column 1'],
  [5, 'line 3, column 2'],
])('counts from 1, place %i', (index, place) => {
  expect(lineAndColumn('ab\n\nc', index)).toBe(place);
});
