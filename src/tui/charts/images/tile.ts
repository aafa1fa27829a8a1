// An image as rows of terminal cells: two pixels a cell as half blocks, half blocks of one colour where there is none,
// or a ramp of characters where the block characters are missing. Smaller than the image by averaging, larger by whole numbers.
import type { Capabilities } from '../../theme/capabilities.js';
import { halfBlockRow } from './halfBlocks.js';
import { type Image, luminance, scale } from './image.js';
import { colorOf, darkest } from './pixelColor.js';

/** `[height, width, channels]`: one channel is grey, of three or more the first three are red, green and blue. */
export type TileShape = readonly [height: number, width: number, channels: number];

/** Cells of the terminal; each holds two pixels, one above the other. */
export interface TileSize {
  readonly columns: number;
  readonly rows: number;
}

export interface TileOptions extends Capabilities {
  /** The space there is; the image is scaled down to fit, its proportions kept. @default what the image wants */
  readonly space?: TileSize;
  /** A pixel is drawn as so many pixels across and down, a whole number, where there is space for it. @default 1 */
  readonly magnification?: number;
  /** What black is: the terminal's own background, or painted (for light terminals). @default 'terminal' */
  readonly black?: 'terminal' | 'painted';
}

const RAMP = ' .:-=+*#%@';

/**
 * The cells that an image takes in this space; nothing where there is no room or no image.
 *
 * @example
 * import { tileSize } from 'millrace/tui';
 *
 * console.log(tileSize([28, 28, 1]), tileSize([28, 28, 1], { columns: 14, rows: 7 })); // { columns: 28, rows: 14 } { columns: 14, rows: 7 }
 */
export function tileSize([height, width]: TileShape, space?: TileSize, magnification?: number): TileSize {
  const [columns, lines] = pixelSize(height, width, space, magnification);
  return { columns, rows: Math.ceil(lines / 2) };
}

/**
 * Draws an image: every row has exactly `tileSize(…).columns` cells and ends in the terminal's default colours.
 *
 * Greys are the 24 of `38;5;232` to `255` (four of the 16 colours at level 1), channels of colour truecolour or the
 * 6 × 6 × 6 cube. A colour is set only where it changes.
 *
 * @param pixels 0..255 in (h, w, c) order; what is missing is black
 *
 * @example
 * import { drawTile } from 'millrace/tui';
 *
 * console.log(drawTile(Uint8Array.of(0, 128, 255), [1, 3, 1], { color: 0, glyphs: 'ascii' })); // [ ' +@' ]
 */
export function drawTile(pixels: Uint8Array, shape: TileShape, options: TileOptions): string[] {
  const { color, glyphs, space, magnification, black = 'terminal' } = options;
  const [columns, lines] = pixelSize(shape[0], shape[1], space, magnification);
  const image = scale(pixels, shape, columns, lines);
  const colorAt = (column: number, line: number): string => colorOf(image, column, line, color, black);
  return Array.from({ length: Math.ceil(lines / 2) }, (_, row) =>
    glyphs === 'ascii'
      ? rampRow(image, row)
      : color === 0
        ? inkRow(image, row)
        : halfBlockRow(colorAt, columns, lines, row, darkest(color)),
  );
}

/** Pixels to draw for an image of this size, as many as there is space for. */
export function pixelSize(
  height: number,
  width: number,
  space?: TileSize,
  magnification = 1,
): [columns: number, lines: number] {
  const most = Math.max(1, Math.floor(magnification));
  const { columns, rows } = space ?? { columns: width * most, rows: height * most };
  if (!(height >= 1 && width >= 1 && columns >= 1 && rows >= 1)) return [0, 0];
  const fitting = Math.min(most, columns / width, (2 * rows) / height);
  const factor = fitting > 1 ? Math.floor(fitting) : fitting;
  return [Math.max(1, Math.floor(width * factor)), Math.max(1, Math.floor(height * factor))];
}

/** By how much of a pixel's neighbourhood is ink, greys are told apart: thresholds of 2 × 2 pixels. */
const THRESHOLDS = [
  [40, 120],
  [160, 80],
] as const;

/** Two pixels a cell in one colour: each is ink or none. */
function inkRow(image: Image, row: number): string {
  const isInk = (column: number, line: number): boolean =>
    line < image.lines && luminance(image, column, line) > THRESHOLDS[line % 2]![column % 2]!;
  return Array.from({ length: image.columns }, (_, column) => {
    const [top, bottom] = [isInk(column, 2 * row), isInk(column, 2 * row + 1)];
    return top ? (bottom ? '█' : '▀') : bottom ? '▄' : ' ';
  }).join('');
}

function rampRow(image: Image, row: number): string {
  let text = '';
  for (let column = 0; column < image.columns; column++) {
    const top = luminance(image, column, 2 * row);
    const bottom = 2 * row + 1 < image.lines ? luminance(image, column, 2 * row + 1) : top;
    text += RAMP[Math.min(RAMP.length - 1, Math.floor(((top + bottom) / 2 / 256) * RAMP.length))];
  }
  return text;
}
