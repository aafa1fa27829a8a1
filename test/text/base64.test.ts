import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/text/base64.js';

test('any bytes become the text that Node makes of them, and come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodeBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
    }),
  );
});

test('encodes the part of a buffer that a view shows', () => {
  expect(encodeBase64(Uint8Array.of(0, 77, 97, 110, 0).subarray(1, 4))).toBe('TWFu');
});

test('passes over what is not a character of it', () => {
  expect(decodeBase64('TW\nF u!')).toEqual(Uint8Array.of(77, 97, 110));
});
