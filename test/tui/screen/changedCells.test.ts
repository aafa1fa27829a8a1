import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../../src/tui/screen/cells.js';
import { changedCells } from '../../../src/tui/screen/changedCells.js';
import { cases } from '../../fixtures/laws.js';

const colors = fc.constantFrom(
  '',
  '31',
  '97',
  '38;5;208',
  '48;5;17',
  '38;2;1;2;3',
  '38;2;9;8;7;48;2;1;1;1',
  '39',
  '49',
  '0',
);
const row = fc
  .array(fc.tuple(colors, fc.string({ unit: fc.constantFrom('a', 'b', ' ', '▀', '━'), minLength: 1, maxLength: 9 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.map(([code, text]) => (code === '' ? text : `\u001b[${code}m${text}`)).join(''));
const COLUMNS = 120;
const grid = (...patches: readonly (readonly [column: number, text: string])[]) =>
  cellsOf(
    patches.map(([column, text]) => ({ row: 0, column, columns: COLUMNS, text })),
    { columns: COLUMNS, rows: 1 },
  )[0];

test('the cells that differ, over what was there, are what the whole text would show', () => {
  fc.assert(
    fc.property(row, row, (before, after) => {
      const changed = changedCells(before, after);
      if (changed === undefined) return;
      expect(grid([0, before], ...changed.map(({ column, text }) => [column, text] as const))).toEqual(
        grid([0, after]),
      );
    }),
    { numRuns: cases(500) },
  );
});

test('far apart they are written apart, near each other at once, and what is the same not at all', () => {
  const dots = '.'.repeat(40);
  expect(changedCells(`${dots}a${dots}b`, `${dots}A${dots}B`)).toEqual([
    { column: 40, text: 'A' },
    { column: 81, text: 'B' },
  ]);
  expect(changedCells('abcdef', 'AbcdeF')).toEqual([{ column: 0, text: 'AbcdeF' }]);
  expect(changedCells('\u001b[31ma\u001b[39mb', '\u001b[32ma\u001b[39mb')).toEqual([
    { column: 0, text: '\u001b[32ma\u001b[39m' },
  ]);
  expect(changedCells('same', 'same')).toEqual([]);
});

test('texts for another number of cells, or with other sequences, are not compared', () => {
  expect(changedCells('ab', 'abc')).toBeUndefined();
  expect(changedCells('ab', '\u001b[1mab')).toBeUndefined();
  expect(changedCells('ab', '\u001b[2Jab')).toBeUndefined();
  expect(changedCells('ab', '数a')).toBeUndefined();
});
