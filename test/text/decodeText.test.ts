import { expect, test } from 'vitest';
import { decodeText, EncodingError, otherEncoding } from '../../src/text/decodeText.js';

test('reads UTF-8 with and without a byte order mark', () => {
  expect(decodeText(Buffer.from('\uFEFF[0.5]'))).toBe('[0.5]');
  expect(decodeText(Buffer.from('ä€😀'))).toBe('ä€😀');
  expect(decodeText(new Uint8Array())).toBe('');
});

test.each<[string, Uint8Array, string]>([
  ['UTF-16 with its mark', Buffer.from('\uFEFF[0.5]', 'utf16le'), 'text in UTF-16'],
  ['big-endian UTF-16 with its mark', Buffer.from('\uFEFF[0.5]', 'utf16le').swap16(), 'text in UTF-16'],
  ['UTF-16 without a mark', Buffer.from('{"type":"run"}', 'utf16le'), 'text in UTF-16'],
  ['zeros', new Uint8Array(100), 'binary data'],
  ['half a character', Buffer.from('ä').subarray(0, 1), 'bytes that are not UTF-8 text'],
])('names %s', (_, bytes, actual) => {
  expect(() => decodeText(bytes)).toThrow(new EncodingError(actual));
});

test('says nothing of text', () => {
  expect(otherEncoding(Buffer.from('{"type":"run"}'))).toBeUndefined();
  expect(otherEncoding(new Uint8Array())).toBeUndefined();
});
