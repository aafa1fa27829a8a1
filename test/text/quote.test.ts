import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote } from '../../src/text/quote.js';
import { anyText } from '../fixtures/anyText.js';

test('leaves plain text readable', () => {
  expect(quote('encoder.0.weight')).toBe('"encoder.0.weight"');
});

test('lets neither control characters nor endless text through', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 300 }), (text) => {
      expect(quote(text)).toMatch(/^"[^\p{C}\p{Zl}\p{Zp}]*"$/u);
      expect(quote(text).length).toBeLessThan(600);
    }),
  );
});
