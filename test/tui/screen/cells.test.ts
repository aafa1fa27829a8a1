import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import { drawDashboard } from '../../../src/tui/drawDashboard.js';
import { type Cell, cellsOf } from '../../../src/tui/screen/cells.js';
import { frameDifference } from '../../../src/tui/screen/frame.js';
import { gridLines } from '../../../src/tui/screen/gridText.js';
import { createTheme } from '../../../src/tui/theme/theme.js';
import { recordedRun } from '../../fixtures/events.js';
import { coloredScreen } from '../coloredScreen.js';
import { fakeTerminal } from '../fakeTerminal.js';

const size = { columns: 120, rows: 40 };
const state = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined })].reduce(
  reduce,
  initialState,
);

/** As xterm counts colours: a number of the palette, or red, green and blue in one number. */
function xtermColor(color: string): number {
  const [kind = 0, ...channels] = color.split(';').map(Number);
  if (color === '') return -1;
  if (!color.includes(';')) return kind >= 90 ? kind - 90 + 8 : kind - 30;
  return kind === 2 ? channels.reduce((sum, channel) => sum * 256 + channel, 0) : channels[0]!;
}

test.each([1, 2, 3] as const)('at colour level %i, a terminal shows the same cells', async (color) => {
  const frame = drawDashboard(state, size, {}, createTheme({ color, glyphs: 'braille' }));
  const grid = cellsOf(frame, size);
  const terminal = fakeTerminal(size.columns, size.rows);
  terminal.write(frameDifference(undefined, frame));
  expect(gridLines(grid, false)).toEqual(await terminal.screen());
  for (let row = 0; row < size.rows; row += 3)
    for (let column = 0; column < size.columns; column += 7) {
      const { ink, paper } = grid[row]![column]!;
      const shown = { ink: xtermColor(ink), paper: xtermColor(paper) };
      expect({ row, column, ...shown }).toEqual({ row, column, ...(await terminal.colorsAt(row, column)) });
    }
});

test('the overview in its colours', async () => {
  const grid = cellsOf(drawDashboard(state, size, { cost: 0.012 }, createTheme({ color: 3, glyphs: 'braille' })), size);
  await expect(coloredScreen(grid)).toMatchFileSnapshot('../screens/120x40-colors.txt');
});

test('lines in colour are read back as the same cells', () => {
  const anyCell: fc.Arbitrary<Cell> = fc.record({
    character: fc.constantFrom('x', ' ', '█', '─', '⣿'),
    ink: fc.constantFrom('', '31', '97', '5;240', '2;1;2;3'),
    paper: fc.constantFrom('', '30', '5;16', '2;255;0;9'),
  });
  fc.assert(
    fc.property(fc.array(anyCell, { minLength: 1, maxLength: 30 }), (row) => {
      const lines = gridLines([row], true);
      const [read = []] = cellsOf([{ row: 0, column: 0, columns: row.length, text: lines[0]! }], {
        columns: row.length,
        rows: 1,
      });
      const visible = (cells: readonly Cell[]) =>
        cells.map(({ character, ink, paper }) => ({ character, paper, ink: character === ' ' ? '' : ink }));
      expect(visible(read)).toEqual(visible(row));
    }),
  );
});

test('what is not a colour shows nothing, and nothing stands outside of the grid', () => {
  const text = '\u001b[1m\u001b]0;title\u0007a\u001b_Gi=1;AAAA\u001b\\b😀c';
  const [row = []] = cellsOf([{ row: 0, column: 1, columns: 5, text }], { columns: 6, rows: 1 });
  expect(row.map(({ character }) => character)).toEqual([' ', 'a', 'b', '😀', '', 'c']);
  expect(cellsOf([{ row: 3, column: -2, columns: 4, text: 'abcd' }], { columns: 3, rows: 1 })).toHaveLength(1);
});
