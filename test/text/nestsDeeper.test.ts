import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nestsDeeper } from '../../src/text/nestsDeeper.js';

test('knows how deep any JSON is, brackets in strings left out', () => {
  const text = fc.stringMatching(/^["\\[\]{}a]*$/);
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, text, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  })).value;
  fc.assert(
    fc.property(json, fc.nat(6), (value, levels) => {
      expect(nestsDeeper(JSON.stringify(value), levels)).toBe(depthOf(value) > levels);
    }),
  );
});

test.each(['"[[[', '"\\"[[[', '"[[[\\\\', '"[[[\\'])('takes %s, whose string does not end, for flat', (text) => {
  expect(nestsDeeper(text, 0)).toBe(false);
});

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}
