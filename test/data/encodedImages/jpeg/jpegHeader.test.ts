import { expect, test } from 'vitest';
import { jpegHeader } from '../../../../src/data/encodedImages/jpeg/jpegHeader.js';
import { GREY_JPEG, jpegHeld } from '../../../fixtures/imageFiles.js';

test('finds size and components behind other segments', () => {
  expect(jpegHeader(GREY_JPEG)).toEqual({ height: 3, width: 4, components: 1 });
  expect(jpegHeader(jpegHeld(6))).toEqual({ height: 8, width: 16, components: 3 });
});

test('gives up where there is none', () => {
  expect(jpegHeader(GREY_JPEG.subarray(0, 40))).toBeUndefined();
  expect(jpegHeader(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))).toBeUndefined();
  expect(jpegHeader(Buffer.alloc(40, 0xff))).toBeUndefined();
  expect(jpegHeader(Buffer.alloc(40))).toBeUndefined();
});
