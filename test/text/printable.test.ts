import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/text/printable.js';

const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]/u;

test.each([
  ['\u001b[31mred', '\\x1b[31mred'],
  ['two\nlines\r\n', 'two\\x0alines\\x0d\\x0a'],
  ['\u009b31m', '\\x9b31m'],
  ['photo\u202egnp.exe', 'photo\\u202egnp.exe'],
  ['a\u2028b', 'a\\u2028b'],
  ['\ud800', '\\ud800'],
])('spells out %j', (text, spelt) => {
  expect(printable(text)).toBe(spelt);
});

test.each(['naïve', '60000×28×28', 'データ', '👩‍🔬'])('leaves %s alone', (text) => {
  expect(printable(text)).toBe(text);
});

test('leaves nothing that a terminal obeys, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff)), (units) => {
      expect(printable(String.fromCharCode(...units))).not.toMatch(UNSAFE);
    }),
  );
});
