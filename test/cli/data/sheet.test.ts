import { expect, test } from 'vitest';
import { sheetOf } from '../../../src/cli/data/sheet.js';

test('three images fill three of four places, with a black line between', () => {
  expect(sheetOf(Uint8Array.of(1, 2, 3), [1, 1, 1], 1)).toEqual({
    shape: [3, 3, 1],
    pixels: Uint8Array.of(1, 0, 2, 0, 0, 0, 3, 0, 0),
  });
});

test('one image is itself', () => {
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect(sheetOf(pixels, [1, 2, 3], 1)).toEqual({ shape: [1, 2, 3], pixels });
});
