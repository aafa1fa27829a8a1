import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextLines } from '../../src/text/textLines.js';

test('gives the same lines however the text is cut, and says once where one is too long', () => {
  const text = fc.stringMatching(/^[ab\n]{0,60}$/);
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), fc.nat(9), (text, size, longest) => {
      const lines = new TextLines(longest);
      const read: (string | undefined)[] = [];
      for (let at = 0; at < text.length; at += size) read.push(...lines.push(text.slice(at, at + size)));
      read.push(lines.take());
      const expected = text.split('\n').flatMap((line) => (line.length > longest ? [undefined, ''] : [line]));
      expect(read).toEqual(expected);
    }),
  );
});
