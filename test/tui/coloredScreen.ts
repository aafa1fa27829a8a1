// A grid of cells as text that a person can read in a diff, colours included: what stands there, and below it one letter a
// cell for the colour that it is drawn in, and for the one that lies behind it.
import type { Cell, Grid } from '../../src/tui/screen/cells.js';
import { rgbOf } from '../../src/tui/screen/rgb.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const NAMES: Readonly<Record<string, string>> = {
  '2;86;180;233': 'accent',
  '2;52;108;140': 'faint',
  '2;128;128;128': 'ghost',
  '2;138;138;138': 'label',
  '2;88;88;88': 'rule',
  '2;0;158;115': 'good',
  '2;213;94;0': 'bad',
};

export function coloredScreen(grid: Grid): string {
  const colors = [...new Set(grid.flat().flatMap(({ ink, paper }) => [ink, paper]))].filter((color) => color !== '');
  const letterOf = (color: string): string => (color === '' ? '.' : LETTERS[colors.indexOf(color)]!);
  const plane = (draw: (cell: Cell) => string): string[] => grid.map((row) => row.map(draw).join('').trimEnd());
  return [
    ...plane(({ character }) => character),
    '',
    "ink (. is the terminal's own)",
    ...plane(({ character, ink }) => (character === ' ' ? ' ' : letterOf(ink))),
    '',
    "paper (the terminal's own left out)",
    ...plane(({ paper }) => (paper === '' ? ' ' : letterOf(paper))),
    '',
    ...colors.map((color) => [letterOf(color), rgbOf(color), NAMES[color] ?? color].join('  ')),
    '',
  ].join('\n');
}
