import { expect, test } from 'vitest';
import { markdownCode, markdownTable, markdownText } from '../../src/text/markdown.js';

test('lets text be nothing but text', () => {
  expect(markdownText('# *a* <b> [c](d) `e` & f_g')).toBe('\\# \\*a\\* \\<b\\> \\[c\\](d) \\`e\\` &amp; f\\_g');
  expect(markdownText('a\nb')).toBe('a\\\\x0ab');
  expect(markdownCode('a`b')).toBe("`a'b`");
});

test('keeps bars inside their cells', () => {
  const table = markdownTable(
    [
      ['a', 'b'],
      [markdownText('x|y'), markdownCode('1|2')],
    ],
    ['left', 'right'],
  );
  expect(table).toBe('| a | b |\n| --- | ---: |\n| x\\|y | `1\\|2` |');
});
