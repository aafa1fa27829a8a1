import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, LineReader } from '../../src/text/lineReader.js';

function read(bytes: Uint8Array, size: number, lines: LineReader): Line[] {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
  return [...pieces.flatMap((at) => lines.push(bytes.subarray(at, at + size))), ...lines.flush()];
}

/** What the lines of a text are, by another way. */
function expected(text: string, longest: number): Line[] {
  const rows = text.split('\n');
  const bytes = (row: string): number => Buffer.byteLength(row);
  let end = 0;
  return rows.flatMap((row, index) => {
    const isLast = index === rows.length - 1;
    if (isLast && row === '') return [];
    end += bytes(row) + (isLast ? 0 : 1);
    const line = index === 0 ? row.replace(/^\uFEFF/, '') : row;
    return [{ text: bytes(row) > longest ? undefined : line, end }];
  });
}

test('gives the same lines and places however the bytes are cut, characters cut in two, lines too long', () => {
  const text = fc.stringMatching(/^\uFEFF?[aä€😀\n]{0,40}$/u);
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 3, max: 12 }), (text, size, longest) => {
      expect(read(Buffer.from(text), size, new LineReader({ longest }))).toEqual(expected(text, longest));
    }),
  );
});

test('begins at a place of the file, where a byte order mark is a character', () => {
  const lines = new LineReader({ offset: 100 });
  expect(lines.push(Buffer.from('\uFEFFa\nb'))).toEqual([{ text: '\uFEFFa', end: 105 }]);
  expect([lines.offset, lines.rest, lines.restBytes]).toEqual([106, 'b', 1]);
});

test('keeps nothing of the caller’s buffer, nor of a line that is too long', () => {
  const lines = new LineReader({ longest: 4 });
  const buffer = Buffer.from('ab');
  lines.push(buffer);
  buffer.fill('x');
  expect(lines.rest).toBe('ab');
  lines.push(Buffer.from('cde'));
  expect(lines.rest).toBeUndefined();
  expect(lines.push(Buffer.from('f\ng'))).toEqual([{ text: undefined, end: 7 }]);
  expect(lines.rest).toBe('g');
});

test('tells a line that is too long at once where that is asked for, and only once', () => {
  const lines = new LineReader({ longest: 2, hasty: true });
  expect(lines.push(Buffer.from('abc'))).toEqual([{ text: undefined, end: 3 }]);
  expect(lines.push(Buffer.from('d'))).toEqual([]);
  expect(lines.push(Buffer.from('e\nf'))).toEqual([]);
  expect(lines.flush()).toEqual([{ text: 'f', end: 7 }]);
});
