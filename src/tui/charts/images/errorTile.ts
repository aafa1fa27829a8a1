// Numbers with a sign as a picture: above zero one colour, below zero the other, the stronger the brighter; zero is black.
// Without colour the sign is a character. Orange and blue are told apart by colour-blind eyes.
import type { ColorLevel } from '../../theme/capabilities.js';
import { halfBlockRow } from './halfBlocks.js';
import { type Image, scale, valueAt } from './image.js';
import { darkest } from './pixelColor.js';
import { pixelSize, type TileOptions } from './tile.js';

/** From weak to strong; the tails of SGR codes. */
interface Ramps {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

type Rgb = readonly [red: number, green: number, blue: number];

/** The strongest colours: above and below zero. */
export const STRONGEST: Readonly<Record<keyof Ramps, Rgb>> = { above: [255, 160, 30], below: [90, 180, 255] };
const TRUECOLOR_LEVELS = 12;

const RAMPS: Readonly<Record<Exclude<ColorLevel, 0>, Ramps>> = {
  3: { above: truecolorRamp(STRONGEST.above), below: truecolorRamp(STRONGEST.below) },
  2: { above: ['5;94', '5;130', '5;172', '5;208', '5;214'], below: ['5;24', '5;25', '5;32', '5;39', '5;75'] },
  1: { above: ['33', '93'], below: ['34', '94'] },
};

function truecolorRamp(strongest: Rgb): string[] {
  return Array.from({ length: TRUECOLOR_LEVELS }, (_, level) =>
    ['2', ...strongest.map((channel) => Math.round((channel * (level + 1)) / TRUECOLOR_LEVELS))].join(';'),
  );
}

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
  const { above, below } = RAMPS[color];
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
function levelOf(levels: ArrayLike<string>, value: number): string | undefined {
  return levels[Math.min(levels.length, Math.round(Math.abs(value) * levels.length)) - 1];
}
