import { expect, test } from 'vitest';
import { exifOrientation, upright } from '../../../src/data/encodedImages/orientation.js';

// An image of 2×3, stored as each orientation has it (Exif 2.32, table 5).
const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const text = (pixels: Uint8Array) => String.fromCharCode(...pixels);

test.each<[number, string, number, number]>([
  [1, 'abcdef', 2, 3],
  [2, 'cbafed', 2, 3],
  [3, 'fedcba', 2, 3],
  [4, 'defabc', 2, 3],
  [5, 'adbecf', 3, 2],
  [6, 'cfbead', 3, 2],
  [7, 'fcebda', 3, 2],
  [8, 'daebfc', 3, 2],
])('turns orientation %i upright', (orientation, stored, height, width) => {
  const image = upright({ height, width, channels: 1, pixels: letters(stored) }, orientation);
  expect([image.height, image.width, text(image.pixels)]).toEqual([2, 3, 'abcdef']);
});

test('finds the tag in both byte orders, and takes damaged data for upright', () => {
  const big = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0', 'latin1');
  const little = Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0', 'latin1');
  expect(exifOrientation(big)).toBe(6);
  expect(exifOrientation(little)).toBe(8);
  for (let end = 0; end < 20; end += 1) expect(exifOrientation(big.subarray(0, end))).toBe(1);
  big.writeUInt16BE(9, 18);
  expect(exifOrientation(big)).toBe(1);
});
