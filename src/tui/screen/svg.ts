// A grid of cells as a picture that stands alone: one path for each colour, text only where letters are.

import { dotsOf, type Rectangle, rectanglesOf } from './cellShapes.js';
import type { Cell, Grid } from './cells.js';
import { rgbOf } from './rgb.js';

const CELL = { width: 10, height: 20 } as const;
const FONT_SIZE = 16;
/** From the top of a cell. */
const BASELINE = 15;
const DOT_SIZE = 3.4;
const MARGIN = 12;
const BACKGROUND = '#101214';
const TEXT = '#d8dadc';
const FONTS = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

/** @param title what a reader that cannot see the picture is told */
export function svgOf(grid: Grid, title: string): string {
  const width = 2 * MARGIN + (grid[0]?.length ?? 0) * CELL.width;
  const height = 2 * MARGIN + grid.length * CELL.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    '<g shape-rendering="crispEdges">',
    ...filled(papersOf(grid)),
    ...filled(blocksOf(grid)),
    '</g>',
    ...dotted(grid),
    `<g font-family='${FONTS}' font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...grid.flatMap(texts),
    '</g>',
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Path data of each colour, in the order in which the colours appear. */
type Paths = Map<string, string[]>;

function papersOf(grid: Grid): Paths {
  const paths: Paths = new Map();
  for (const [row, cells] of grid.entries())
    for (const { from, to, value } of runsOf(cells, ({ paper }) => paper)) {
      const color = rgbOf(value);
      if (color !== undefined) add(paths, color, rectanglePath(from, row, { x: 0, y: 0, width: to - from, height: 1 }));
    }
  return paths;
}

function blocksOf(grid: Grid): Paths {
  const paths: Paths = new Map();
  for (const [row, cells] of grid.entries())
    for (const { from, to, value } of runsOf(cells, (cell) => `${cell.ink} ${cell.character}`)) {
      const [{ character, ink }] = [cells[from]!];
      if (value === `${ink}  `) continue;
      for (const rectangle of rectanglesOf(character) ?? [])
        for (const piece of repeated(rectangle, to - from)) add(paths, inkOf(ink), rectanglePath(from, row, piece));
    }
  return paths;
}

/** What reaches from side to side is one rectangle over all its cells. */
function repeated(rectangle: Rectangle, times: number): Rectangle[] {
  if (rectangle.x === 0 && rectangle.width === 1) return [{ ...rectangle, width: times }];
  return Array.from({ length: times }, (_, place) => ({ ...rectangle, x: rectangle.x + place }));
}

function filled(paths: Paths): string[] {
  return [...paths].map(([color, pieces]) => `<path fill="${color}" d="${pieces.join('')}"/>`);
}

function dotted(grid: Grid): string[] {
  const paths: Paths = new Map();
  for (const [row, cells] of grid.entries())
    for (const [column, { character, ink }] of cells.entries())
      for (const { x, y } of dotsOf(character) ?? [])
        add(paths, inkOf(ink), `M${place(column + x, CELL.width)} ${place(row + y, CELL.height)}h0`);
  return [...paths].map(
    ([color, pieces]) =>
      `<path stroke="${color}" stroke-width="${DOT_SIZE}" stroke-linecap="round" d="${pieces.join('')}"/>`,
  );
}

/** Words of one colour, each stretched to exactly its cells, whatever the font. */
function texts(cells: readonly Cell[], row: number): string[] {
  return runsOf(cells, (cell) => (isLetter(cell) ? cell.ink : undefined)).flatMap(({ from, to, value }) => {
    if (value === undefined) return [];
    const text = cells.slice(from, to).map(({ character }) => character);
    const y = row * CELL.height + BASELINE;
    const length = (to - from) * CELL.width;
    return `<text x="${from * CELL.width}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${inkOf(value)}">${escaped(text.join(''))}</text>`;
  });
}

function isLetter({ character }: Cell): boolean {
  return character !== ' ' && rectanglesOf(character) === undefined && dotsOf(character) === undefined;
}

function inkOf(ink: string): string {
  return rgbOf(ink) ?? TEXT;
}

interface Run<Value> {
  readonly from: number;
  readonly to: number;
  readonly value: Value;
}

/** Neighbours that are alike. */
function runsOf<Value>(cells: readonly Cell[], kindOf: (cell: Cell) => Value): Run<Value>[] {
  const runs: Run<Value>[] = [];
  for (const [column, cell] of cells.entries()) {
    const value = kindOf(cell);
    const last = runs.at(-1);
    if (last !== undefined && last.value === value) runs[runs.length - 1] = { ...last, to: column + 1 };
    else runs.push({ from: column, to: column + 1, value });
  }
  return runs;
}

function rectanglePath(column: number, row: number, { x, y, width, height }: Rectangle): string {
  const [w, h] = [place(width, CELL.width), place(height, CELL.height)];
  return `M${place(column + x, CELL.width)} ${place(row + y, CELL.height)}h${w}v${h}h-${w}z`;
}

function place(cells: number, size: number): number {
  return Math.round(cells * size * 100) / 100;
}

function add(paths: Paths, color: string, piece: string): void {
  const pieces = paths.get(color);
  if (pieces === undefined) paths.set(color, [piece]);
  else pieces.push(piece);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** @see XML 1.0, section 2.2: what is not a character there has no escape either */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cn}\p{Cs}]/gu, '\ufffd').replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
