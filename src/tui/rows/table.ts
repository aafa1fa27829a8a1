// Rows and columns of words: as wide as their contents, and without the least important where not all fit.
import { type Span, widthOf } from '../theme/theme.js';

interface ColumnHead {
  readonly header: string;
  /** Of columns that do not fit together, the one with the highest rank leaves first. */
  readonly rank: number;
}

export interface WordColumn extends ColumnHead {
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  readonly cells: readonly Span[];
}

/** Takes the room that is left. */
export interface DrawnColumn extends ColumnHead {
  readonly least: number;
  readonly most: number;
  /** One row of cells of exactly this width for each row of the table. */
  draw(columns: number): readonly (readonly Span[])[];
}

export type TableColumn = WordColumn | DrawnColumn;

const GAP = 2;

/** The headers and then the rows, each at most `columns` cells. */
export function tableRows(table: readonly TableColumn[], columns: number): Span[][] {
  const least = table.reduce((sum, column) => sum + leastWidth(column) + GAP, 1 - GAP);
  if (least > columns && table.length > 1) return tableRows(withoutLast(table), columns);
  const drawn = table.map((column) => columnRows(column, columns - least));
  const count = Math.max(0, ...drawn.map((rows) => rows.length));
  return Array.from({ length: count }, (_, row) => [
    ['value', ' '] as const,
    ...drawn.flatMap((rows, place): Span[] => [
      ...(place > 0 ? [['value', ' '.repeat(GAP)] as const] : []),
      ...(rows[row] ?? []),
    ]),
  ]);
}

function leastWidth(column: TableColumn): number {
  if ('draw' in column) return Math.max(column.header.length, column.least);
  return Math.max(column.header.length, ...column.cells.map(([, text]) => text.length));
}

function withoutLast(table: readonly TableColumn[]): TableColumn[] {
  const highest = Math.max(...table.map(({ rank }) => rank));
  return table.filter(({ rank }) => rank !== highest);
}

function columnRows(column: TableColumn, spare: number): Span[][] {
  const least = leastWidth(column);
  if ('draw' in column) {
    const width = Math.max(least, Math.min(column.most, least + spare));
    return [[['label', column.header.padEnd(width)]], ...column.draw(width).map((cell) => padded(cell, width))];
  }
  const align = (text: string): string => (column.align === 'right' ? text.padStart(least) : text.padEnd(least));
  return [[['label', align(column.header)]], ...column.cells.map(([tone, text]): Span[] => [[tone, align(text)]])];
}

function padded(cell: readonly Span[], width: number): Span[] {
  return [...cell, ['value', ' '.repeat(Math.max(0, width - widthOf(cell)))]];
}
