import { expect, test } from 'vitest';
import { shapeOf } from '../../src/cli/shapeOption.js';

test.each([
  ['28x28x1', [28, 28, 1]],
  ['480×640×3', [480, 640, 3]],
  [' 28X28 ', [28, 28, 1]],
  ['0x28', [0, 28, 1]],
  ['28', '28'],
  ['28x28x1x1', '28x28x1x1'],
  ['-1x2x3', '-1x2x3'],
])('%j is %j', (text, shape) => {
  expect(shapeOf(text)).toEqual(shape);
});
