import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { imageHeader } from '../../../src/data/encodedImages/imageHeader.js';
import { FILES, GREY_JPEG, jpegHeld } from '../../fixtures/imageFiles.js';

test('tells size and kind of PNG and JPEG', () => {
  const greyAlpha = encode({ width: 1, height: 2, channels: 2, data: new Uint8Array(4) });
  expect(imageHeader(FILES.PNG, 'PNG')).toEqual({ height: 3, width: 4, isGrey: false });
  expect(imageHeader(FILES.palettePng, 'PNG')).toEqual({ height: 3, width: 4, isGrey: false });
  expect(imageHeader(greyAlpha, 'PNG')).toEqual({ height: 2, width: 1, isGrey: true });
  expect(imageHeader(GREY_JPEG, 'JPEG')).toEqual({ height: 3, width: 4, isGrey: true });
  expect(imageHeader(jpegHeld(1), 'JPEG')).toEqual({ height: 8, width: 16, isGrey: false });
});

test('knows nothing of others, and of what is torn', () => {
  expect(imageHeader(FILES.GIF, 'GIF')).toBeUndefined();
  expect(imageHeader(FILES.PNG.subarray(0, 20), 'PNG')).toBeUndefined();
  expect(imageHeader(GREY_JPEG.subarray(0, 20), 'JPEG')).toBeUndefined();
});
