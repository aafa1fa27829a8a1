import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonError, parseStrictJson } from '../../src/text/strictJson.js';

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses what JSON.parse refuses, whatever is cut out or put in', () => {
  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '-',
    '.',
    'e',
    '0',
    '01',
    'null',
    '\n',
    '\0',
  );
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fragment, (json, seed, cut, insert) => {
      const at = seed % (json.length + 1);
      const text = json.slice(0, at) + insert + json.slice(at + cut);
      const strict = attempt(() => parseStrictJson(text));
      if (strict instanceof JsonError && strict.duplicateKey !== undefined) return;
      const lenient = attempt(() => JSON.parse(text));
      expect(strict instanceof JsonError).toBe(lenient instanceof SyntaxError);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['', 0, 'a value', 'the end'],
  ['{"a": 1,}', 8, 'a key in double quotes', '"}"'],
  ['{"a" 1}', 5, '":"', '"1"'],
  ['[1 2]', 3, '"," or "]"', '"2"'],
  ['[01]', 2, '"," or "]"', '"1"'],
  ['[1.]', 3, 'a digit', '"]"'],
  ['"a', 2, 'the closing quote of a string', 'the end'],
  ['"\\x"', 2, 'an escape sequence', '"x"'],
  ['{} {}', 3, 'the end', '"{"'],
  ['NaN', 0, 'a value', '"N"'],
])('says where %s is wrong', (text, index, expected, actual) => {
  expect(attempt(() => parseStrictJson(text))).toMatchObject({ index, expected, actual });
});

test.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"a":[],"c":0,"a":{}}}]', '{"__proto__":1,"__proto__":2}'])(
  'refuses the key that %s has twice',
  (text) => {
    expect(attempt(() => parseStrictJson(text))).toMatchObject({
      duplicateKey: text.includes('proto') ? '__proto__' : 'a',
    });
  },
);

test('takes the same key in different objects', () => {
  expect(parseStrictJson('{"a":{"a":1},"b":[{"a":2},{"a":3}]}')).toEqual({ a: { a: 1 }, b: [{ a: 2 }, { a: 3 }] });
});

test('refuses a million brackets without running out of stack', () => {
  for (const bracket of ['[', '{"a":']) {
    const error = attempt(() => parseStrictJson(bracket.repeat(1_000_000)));
    expect(error).toMatchObject({ expected: 'at most 32 levels of nesting' });
  }
});

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
