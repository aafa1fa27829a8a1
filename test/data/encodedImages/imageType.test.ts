import { expect, test } from 'vitest';
import { imageTypeOf } from '../../../src/data/encodedImages/imageType.js';
import { FILES, GREY_JPEG } from '../../fixtures/imageFiles.js';

test.each(['PNG', 'WebP', 'GIF', 'TIFF', 'BMP'] as const)('knows %s by its first bytes', (type) => {
  expect(imageTypeOf(FILES[type])).toBe(type);
  expect(imageTypeOf(FILES[type].subarray(0, 3))).toBeUndefined();
});

test('knows JPEG, and no text that begins with BM', () => {
  expect(imageTypeOf(GREY_JPEG)).toBe('JPEG');
  expect(imageTypeOf(Buffer.from('BMW, Audi, Opel and others'))).toBeUndefined();
  expect(imageTypeOf(new Uint8Array(0))).toBeUndefined();
});
