import { expect, test } from 'vitest';
import { shellWord } from '../../src/text/shellWord.js';

test.each([
  ['/data/x_1.idx', '/data/x_1.idx'],
  ['my files/a (1).gz', "'my files/a (1).gz'"],
  ["it's", String.raw`'it'\''s'`],
  ['', "''"],
])('%j is %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});
