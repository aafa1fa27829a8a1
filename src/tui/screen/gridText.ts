import { background, foreground } from '../charts/images/pixelColor.js';
import type { Cell, Grid } from './cells.js';

const RESET = '\u001b[0m';

/** A grid as lines without the spaces at their ends; in its colours, each line for itself, or without any. */
export function gridLines(grid: Grid, colored: boolean): string[] {
  return grid.map((row) => lineOf(withoutTail(row), colored));
}

function withoutTail(row: readonly Cell[]): readonly Cell[] {
  return row.slice(0, row.findLastIndex(({ character, paper }) => character !== ' ' || paper !== '') + 1);
}

function lineOf(row: readonly Cell[], colored: boolean): string {
  let [ink, paper, text] = ['', '', ''];
  for (const cell of row) {
    const codes = [
      ...(cell.ink === ink ? [] : [foreground(cell.ink)]),
      ...(cell.paper === paper ? [] : [background(cell.paper)]),
    ];
    if (colored && codes.length > 0) text += `\u001b[${codes.join(';')}m`;
    text += cell.character;
    [ink, paper] = [cell.ink, cell.paper];
  }
  return colored && (ink !== '' || paper !== '') ? text + RESET : text;
}
