import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FITS } from '../../../src/data/encodedImages/imageOptions.js';
import { resizeImage } from '../../../src/data/encodedImages/resizeImage.js';

const side = fc.integer({ min: 1, max: 9 });

test('an image of one value keeps it, whatever its size becomes', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom('cover', 'fill'), (height, width, newHeight, newWidth, fit) => {
      const pixels = new Uint8Array(height * width * 3).fill(77);
      const image = resizeImage({ height, width, channels: 3, pixels }, { resize: [newHeight, newWidth], fit });
      expect(image).toEqual({
        height: newHeight,
        width: newWidth,
        channels: 3,
        pixels: new Uint8Array(newHeight * newWidth * 3).fill(77),
      });
    }),
  );
});

test('two pixels become one of their mean, and one becomes two', () => {
  const row = { height: 1, width: 2, channels: 1 as const, pixels: Uint8Array.of(0, 100) };
  expect([...resizeImage(row, { resize: [1, 1], fit: 'fill' }).pixels]).toEqual([50]);
  expect([...resizeImage(row, { resize: [1, 4], fit: 'fill' }).pixels]).toEqual([0, 25, 75, 100]);
});

test('cover cuts off, contain adds black, fill distorts', () => {
  const wide = { height: 2, width: 4, channels: 1 as const, pixels: Uint8Array.of(1, 9, 9, 1, 1, 9, 9, 1) };
  const resized = FITS.map((fit) => [...resizeImage(wide, { resize: [2, 2], fit }).pixels]);
  expect(resized[0]).toEqual([9, 9, 9, 9]);
  const [top, , bottom] = [resizeImage(wide, { resize: [4, 4], fit: 'contain' })].map(({ pixels }) => [
    [...pixels.subarray(0, 4)],
    [...pixels.subarray(4, 12)],
    [...pixels.subarray(12)],
  ])[0]!;
  expect([top, bottom]).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(resized[2]![0]).toBe(resized[2]![2]);
});

test('an image that has the size is not touched', () => {
  const image = { height: 1, width: 1, channels: 1 as const, pixels: Uint8Array.of(5) };
  expect(resizeImage(image, { resize: [1, 1], fit: 'cover' })).toBe(image);
  expect(resizeImage(image, { fit: 'cover' })).toBe(image);
});
