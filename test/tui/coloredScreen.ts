// A grid of cells as text that a person can read in a diff, colours included: what stands there, and below it one letter a
// cell for the colour that it is drawn in, and for the one that lies behind it.
import type { Cell, Grid } from '../../src/tui/screen/cells.js';
import { rgbOf } from '../../src/tui/screen/rgb.js';

/** Letters that stay, so that a new colour changes only what it colours. Greys are A (darkest) to X. */
const TONES: Readonly<Record<string, readonly [letter: string, name: string]>> = {
  '2;86;180;233': ['a', 'accent'],
  '2;52;108;140': ['f', 'faint'],
  '2;128;128;128': ['h', 'baseline'],
  '2;138;138;138': ['l', 'label'],
  '2;88;88;88': ['r', 'rule'],
  '2;0;158;115': ['g', 'good'],
  '2;213;94;0': ['b', 'bad'],
  '2;230;159;0': ['o', 'test, or the second run'],
};
const OTHERS = [...'0123456789zyxwvutsqpnmkjiedc'];

function namedColors(colors: readonly string[]): Map<string, readonly [letter: string, name: string]> {
  const others = [...OTHERS];
  return new Map(
    colors.map((color) => {
      const grey = /^5;(23[2-9]|24\d|25[0-5])$/.exec(color)?.[1];
      const letter = grey === undefined ? (others.shift() ?? '?') : String.fromCharCode(65 + Number(grey) - 232);
      return [color, TONES[color] ?? [letter, color]];
    }),
  );
}

export function coloredScreen(grid: Grid): string {
  const colors = [...new Set(grid.flat().flatMap(({ ink, paper }) => [ink, paper]))].filter((color) => color !== '');
  const named = namedColors(colors);
  const letterOf = (color: string): string => named.get(color)?.[0] ?? '.';
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
    ...[...named].map(([color, [letter, name]]) => [letter, rgbOf(color), name].join('  ')).sort(),
    '',
  ].join('\n');
}
