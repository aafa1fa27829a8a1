import { expect, test } from 'vitest';
import { sparkline } from '../../src/text/sparkline.js';

test('draws the lowest number low and the highest one high, and nothing where there is no number', () => {
  expect(sparkline([0, 1, 3.5, Number.NaN, 7])).toBe('▁▂▅ █');
  expect(sparkline([2, 2])).toBe('▁▁');
  expect(sparkline([])).toBe('');
});
