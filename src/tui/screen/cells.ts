// A frame as a grid of cells: what a terminal would show, without a terminal.

import type { Frame } from './frame.js';
import type { Size } from './size.js';

/** A colour is the tail of its SGR code, as in `38;TAIL`, or one of the 16 codes; the empty one is the terminal's own. */
export interface Cell {
  /** Empty where the character before it takes two cells. */
  readonly character: string;
  readonly ink: string;
  readonly paper: string;
}

/** Rows of cells, all of the same length. */
export type Grid = readonly (readonly Cell[])[];

const BLANK: Cell = { character: ' ', ink: '', paper: '' };

/** Sequences that a terminal obeys; colours are the first kind, all others show nothing. */
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins these sequences
  /\u001b(?:\[([\d;]*)m|\[[0-?]*[ -/]*[@-~]|[\]P_^X][^\u0007\u001b]*(?:\u0007|\u001b\\)|.)?/gsu;

export function cellsOf(frame: Frame, { columns, rows }: Size): Grid {
  const grid = Array.from({ length: rows }, () => new Array<Cell>(columns).fill(BLANK));
  for (const { row, column, text } of frame) {
    const cells = grid[row];
    if (cells !== undefined) for (const [place, cell] of cellsIn(text).entries()) put(cells, column + place, cell);
  }
  return grid;
}

function put(cells: Cell[], place: number, cell: Cell): void {
  if (place >= 0 && place < cells.length) cells[place] = cell;
}

/** The cells of one row of text: one for each UTF-16 unit, as everything on the screen is measured. */
function cellsIn(text: string): Cell[] {
  const cells: Cell[] = [];
  let colors = { ink: '', paper: '' };
  let from = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    cells.push(...plainCells(text.slice(from, match.index), colors));
    if (match[1] !== undefined) colors = recoloured(colors, match[1]);
    from = match.index + match[0].length;
  }
  return [...cells, ...plainCells(text.slice(from), colors)];
}

function plainCells(text: string, colors: Omit<Cell, 'character'>): Cell[] {
  return [...text].flatMap((character) =>
    character.length === 1
      ? [{ character, ...colors }]
      : [
          { character, ...colors },
          { character: '', ...colors },
        ],
  );
}

/** @see ECMA-48, SGR; 38 and 48 as in ITU T.416, with semicolons */
function recoloured({ ink, paper }: Omit<Cell, 'character'>, codes: string): Omit<Cell, 'character'> {
  const numbers = codes.split(';').map(Number);
  while (numbers.length > 0) {
    const code = numbers.shift() ?? 0;
    if (code === 0) [ink, paper] = ['', ''];
    else if (code === 39) ink = '';
    else if (code === 49) paper = '';
    else if (code === 38) ink = takeExtended(numbers);
    else if (code === 48) paper = takeExtended(numbers);
    else if (isBasic(code)) ink = String(code);
    else if (isBasic(code - 10)) paper = String(code - 10);
  }
  return { ink, paper };
}

function takeExtended(numbers: number[]): string {
  return numbers.splice(0, numbers[0] === 2 ? 4 : 2).join(';');
}

function isBasic(code: number): boolean {
  return (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
}
