import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBytes, formatMicroseconds } from '../../../src/dashboard/format.js';
import { drawShares } from '../../../src/tui/charts/shareBar.js';
import { wrapped } from '../../../src/tui/rows/fitWords.js';
import { type TableColumn, tableRows } from '../../../src/tui/rows/table.js';
import { visibleRows } from '../../../src/tui/rows/visibleRows.js';
import { type Span, widthOf } from '../../../src/tui/theme/theme.js';

const text = (spans: readonly Span[]): string => spans.map(([, words]) => words).join('');
const columns = (names: string[]): TableColumn[] =>
  names.map((name, rank) => ({ header: name, rank, cells: [['value', `${name} of one`]] }));

test('columns are as wide as their widest cell, numbers end at the same place', () => {
  const table: TableColumn[] = [
    {
      header: 'layer',
      rank: 0,
      cells: [
        ['value', 'a'],
        ['value', 'longer'],
      ],
    },
    {
      header: 'n',
      rank: 1,
      align: 'right',
      cells: [
        ['value', '1'],
        ['value', '1,000'],
      ],
    },
  ];
  expect(tableRows(table, 80).map(text)).toEqual([' layer       n', ' a           1', ' longer  1,000']);
});

test('the column with the highest rank leaves first, the last one stays', () => {
  const header = (width: number): string => text(tableRows(columns(['a', 'b', 'c']), width)[0]!).replaceAll(/ +/g, ' ');
  expect([29, 28, 19, 18].map(header)).toEqual([' a b c ', ' a b ', ' a b ', ' a ']);
});

test('no row of a table is wider than there is room for, as long as its first column fits', () => {
  const name = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), fc.integer({ min: 24, max: 120 }), (names, width) => {
      const bar: TableColumn = { header: '', rank: 9, least: 5, most: 20, draw: (room) => [drawShares([], room)] };
      for (const row of tableRows([...columns(names), bar], width)) expect(widthOf(row)).toBeLessThanOrEqual(width);
    }),
  );
});

test('shares take exactly their cells, whatever they are', () => {
  const share = fc.record({ share: fc.double(), mark: fc.constant(['accent', '━'] as const) });
  fc.assert(
    fc.property(fc.array(share), fc.integer({ min: 0, max: 90 }), (shares, width) => {
      expect(widthOf(drawShares(shares, width))).toBe(width);
    }),
  );
  const half: Span = ['accent', '='];
  expect(
    text(
      drawShares(
        [
          { share: 0.5, mark: half },
          { share: 0.25, mark: ['label', '-'] },
        ],
        8,
      ),
    ),
  ).toBe('====--  ');
});

test('words are wrapped, and cut where they are longer than a line', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -3, max: 30 }), (words, width) => {
      for (const line of wrapped(words, width)) expect(line.length).toBeLessThanOrEqual(Math.max(1, width));
    }),
  );
});

test('of a list as much is seen as fits, and the title says which part', () => {
  const rows = Array.from({ length: 30 }, (_, row): Span[] => [['value', `row ${row + 1}`]]);
  const seen = (scroll: number, from: 'first' | 'last') => {
    const { shown, note } = visibleRows(rows, { columns: 20, rows: 6 }, scroll, from);
    return [text(shown[0]!), shown.length, text(note)];
  };
  expect(seen(0, 'first')).toEqual(['row 1', 5, '1–5 of 30 · ↑↓']);
  expect(seen(999, 'first')).toEqual(['row 26', 5, '26–30 of 30 · ↑↓']);
  expect(seen(0, 'last')).toEqual(['row 26', 5, '26–30 of 30 · ↑↓']);
  expect(seen(3, 'last')).toEqual(['row 23', 5, '23–27 of 30 · ↑↓']);
  expect(visibleRows(rows, { columns: 20, rows: 3 }, 0, 'first')).toMatchObject({ titled: false });
});

test('bytes and microseconds have three digits', () => {
  expect([0, 999, 15_432, 198_400_000, 9_996].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '15.4 kB',
    '198 MB',
    '10.0 kB',
  ]);
  expect([1.234, 10.26, 123.4, undefined].map(formatMicroseconds)).toEqual(['1.23', '10.3', '123', '–']);
});
