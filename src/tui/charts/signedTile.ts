// Numbers with a sign as a picture: above zero one colour, below zero the other, the stronger the brighter; zero is black.
// Without colour the sign is a character. Orange and blue are told apart by colour-blind eyes.
import { halfBlockRow } from './halfBlocks.js';
import { type Image, scale, valueAt } from './image.js';
import { darkest } from './pixelColor.js';
import { pixelSize, type TileOptions } from './tile.js';

/** From weak to strong; the tails of SGR codes of the 256 colours and of the 16. */
const MANY = {
  above: ['5;52', '5;94', '5;130', '5;172', '5;208', '5;214'],
  below: ['5;17', '5;24', '5;25', '5;32', '5;39', '5;75'],
} as const;
const FEW = { above: ['33', '93'], below: ['34', '94'] } as const;
const SIGNS = { above: '+*#', below: '-~=' } as const;

/**
 * Draws numbers of one channel as `drawTile` draws pixels, in the same cells.
 *
 * @param values -1 to 1 in (h, w) order, beyond them as bright as they are; what is missing or not a number is 0
 */
export function drawSignedTile(
  values: ArrayLike<number>,
  [height, width]: readonly [height: number, width: number],
  { color, glyphs, space, magnification, black = 'terminal' }: TileOptions,
): string[] {
  const [columns, lines] = pixelSize(height, width, space, magnification);
  const image = scale(values, [height, width, 1], columns, lines);
  const rows = Array.from({ length: Math.ceil(lines / 2) }, (_, row) => row);
  if (color === 0 || glyphs === 'ascii') return rows.map((row) => signRow(image, row));
  const { above, below } = color === 1 ? FEW : MANY;
  const dark = darkest(color);
  const zero = black === 'painted' ? dark : '';
  const colorAt = (column: number, line: number): string => {
    const value = valueAt(image, column, line, 0);
    return levelOf(value > 0 ? above : below, value) ?? zero;
  };
  return rows.map((row) => halfBlockRow(colorAt, columns, lines, row, dark));
}

function signRow(image: Image, row: number): string {
  let text = '';
  for (let column = 0; column < image.columns; column++) {
    const top = valueAt(image, column, 2 * row, 0);
    const bottom = 2 * row + 1 < image.lines ? valueAt(image, column, 2 * row + 1, 0) : top;
    const value = (top + bottom) / 2;
    text += levelOf(value > 0 ? SIGNS.above : SIGNS.below, value) ?? ' ';
  }
  return text;
}

/** Nothing where the value is nearer to zero than to the first level. */
function levelOf<Level>(levels: ArrayLike<Level>, value: number): Level | undefined {
  return levels[Math.min(levels.length, Math.round(Math.abs(value) * levels.length)) - 1];
}
