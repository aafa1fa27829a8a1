// Images as lines of numbers, one image a line, as Kaggle's MNIST has them: a label, then each pixel, in 0..255.
import { DataError } from '../../errors.js';
import { quote } from '../../text/quote.js';
import { type ImageShape, imageSize } from '../batch.js';

/** What the first line says of all others. */
export interface CsvColumns {
  readonly shape: ImageShape;
  /** Whether the first column is the label. */
  readonly hasLabel: boolean;
  /** Whether the first line names the columns. */
  readonly hasHeader: boolean;
  /** Columns of every line. */
  readonly count: number;
}

/** What a cell is made of: a number, or the name of a column. */
const CELLS = /^[\w .×:"'-]*(,[\w .×:"'-]*)*\r?$/;

/**
 * Whether bytes begin with a line of cells, three at least; `undefined` as long as that cannot be told.
 * @param start the beginning, or what has arrived of it
 */
export function isCsv(start: Uint8Array): boolean | undefined {
  const [line = '', ...others] = new TextDecoder().decode(start).split('\n');
  if (!CELLS.test(line)) return false;
  if (line.split(',').length >= 3) return true;
  return others.length > 0 ? false : undefined;
}

/**
 * Tells an image's shape by the number of columns: pixels of a square, with or without a label before them.
 * @throws DataError `CSV_COLUMNS`
 */
export function columnsOf(line: string, path: string, shape?: ImageShape): CsvColumns {
  const cells = line.trimEnd().split(',');
  const count = cells.length;
  // Those of a table without names are numbered by pandas.
  const isNumbered = cells.every((cell, column) => cell === String(column));
  const hasHeader = isNumbered || cells.filter((cell) => /[a-z]/i.test(cell)).length > count / 2;
  for (const hasLabel of [true, false]) {
    const values = hasLabel ? count - 1 : count;
    const side = Math.round(Math.sqrt(values));
    const found: ImageShape = shape ?? [side, side, 1];
    if (imageSize(found) === values) return { shape: found, hasLabel, hasHeader, count };
  }
  throw new DataError({
    code: 'CSV_COLUMNS',
    path,
    expected: shape
      ? `a label and ${imageSize(shape)} values a line`
      : 'a label and the pixels of a square a line, 785 columns for 28×28',
    actual: `${count} columns`,
    advice: shape
      ? 'Give another --shape.'
      : 'Give the shape of an image with --shape HxWxC, where it is not a square.',
  });
}

/**
 * Reads the numbers of a line into `pixels`, and gives the label.
 * @param number of the line, from 1
 * @throws DataError `CSV_VALUE` with line and column, `CSV_COLUMNS` where they are more or fewer than before
 */
export function readLine(line: string, columns: CsvColumns, pixels: Uint8Array, path: string, number: number): number {
  const { hasLabel, count } = columns;
  let label = 0;
  let at = 0;
  for (let column = 0; column < count; column++) {
    const comma = line.indexOf(',', at);
    if (column < count - 1 && comma < 0) throw otherColumns(line, columns, path, number);
    const end = comma < 0 ? line.length : comma;
    if (column === count - 1 && comma >= 0) throw otherColumns(line, columns, path, number);
    const value = byteIn(line, at, end);
    if (value === undefined) throw badValue(path, number, column + 1, line.slice(at, end));
    if (hasLabel && column === 0) label = value;
    else pixels[hasLabel ? column - 1 : column] = value;
    at = end + 1;
  }
  return label;
}

const [ZERO, NINE] = [48, 57];

/** A whole number of 0 to 255 between two places of a line. */
function byteIn(line: string, from: number, to: number): number | undefined {
  let value = 0;
  if (from === to || to - from > 3) return byteOf(line.slice(from, to));
  for (let at = from; at < to; at++) {
    const code = line.charCodeAt(at);
    if (code < ZERO || code > NINE) return byteOf(line.slice(from, to));
    value = 10 * value + (code - ZERO);
  }
  return value <= 255 ? value : undefined;
}

/** Written less plainly: with spaces, in quotes, as `12.0`. */
function byteOf(cell: string): number | undefined {
  const [, digits] = /^\s{0,9}"?(\d{1,3})(?:\.0{0,20})?"?\s{0,9}$/.exec(cell) ?? [];
  const value = Number(digits ?? Number.NaN);
  return value <= 255 ? value : undefined;
}

function badValue(path: string, line: number, column: number, cell: string): DataError {
  return new DataError({
    code: 'CSV_VALUE',
    path,
    problem: `line ${line}, column ${column}`,
    expected: 'a whole number from 0 to 255',
    actual: cell.trim() === '' ? 'nothing' : quote(cell.slice(0, 40)),
    advice: 'Correct the line. Values of 0..1 are multiplied by 255 first.',
  });
}

function otherColumns(line: string, { count }: CsvColumns, path: string, number: number): DataError {
  return new DataError({
    code: 'CSV_COLUMNS',
    path,
    problem: `line ${number}`,
    expected: `${count} columns, as in the first line`,
    actual: String(line.split(',').length),
    advice: 'The file is cut short or damaged there: fetch it again, or take the line out.',
  });
}
