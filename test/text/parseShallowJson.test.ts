import { expect, test } from 'vitest';
import { parseShallowJson } from '../../src/text/parseShallowJson.js';

test('reads JSON, and nothing from what is none or nests too deep', () => {
  expect(parseShallowJson('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseShallowJson('{"a":')).toBeUndefined();
  expect(parseShallowJson('['.repeat(32) + ']'.repeat(32))).toBeDefined();
  expect(parseShallowJson('['.repeat(33) + ']'.repeat(33))).toBeUndefined();
});
