// An image as rows of terminal cells: two pixels a cell as half blocks, or a ramp of characters where colour or the
// block characters are missing. Smaller than the image by averaging, never larger.
import type { Capabilities } from '../capabilities.js';
import { type Image, luminance, scale } from './image.js';
import { background, colorOf, darkest, foreground } from './pixelColor.js';

/** `[height, width, channels]`: one channel is grey, of three or more the first three are red, green and blue. */
export type TileShape = readonly [height: number, width: number, channels: number];

/** Cells of the terminal; each holds two pixels, one above the other. */
export interface TileSize {
  readonly columns: number;
  readonly rows: number;
}

export interface TileOptions extends Capabilities {
  /** The space there is; the image is scaled down to fit, its proportions kept. @default the image's own size */
  readonly space?: TileSize;
  /** What black is: the terminal's own background, or painted (for light terminals). @default 'terminal' */
  readonly black?: 'terminal' | 'painted';
}

const RAMP = ' .:-=+*#%@';
const RESET = '\u001b[0m';

/** The cells that an image takes in this space; nothing where there is no room or no image. */
export function tileSize([height, width]: TileShape, space: TileSize = { columns: width, rows: height }): TileSize {
  const [columns, lines] = pixelSize(height, width, space);
  return { columns, rows: Math.ceil(lines / 2) };
}

/**
 * Draws an image: every row has exactly `tileSize(…).columns` cells and ends in the terminal's default colours.
 *
 * Greys are the 24 of `38;5;232` to `255` (four of the 16 colours at level 1), channels of colour truecolour or the
 * 6 × 6 × 6 cube. A colour is set only where it changes.
 *
 * @param pixels 0..255 in (h, w, c) order; what is missing is black
 */
export function drawTile(pixels: Uint8Array, shape: TileShape, options: TileOptions): string[] {
  const [height, width] = shape;
  const [columns, lines] = pixelSize(height, width, options.space ?? { columns: width, rows: height });
  const image = scale(pixels, shape, columns, lines);
  const drawRow = options.color === 0 || options.glyphs === 'ascii' ? rampRow : blockRow;
  return Array.from({ length: Math.ceil(lines / 2) }, (_, row) => drawRow(image, row, options));
}

function pixelSize(height: number, width: number, { columns, rows }: TileSize): [columns: number, lines: number] {
  if (!(height >= 1 && width >= 1 && columns >= 1 && rows >= 1)) return [0, 0];
  const factor = Math.min(1, columns / width, (2 * rows) / height);
  return [Math.max(1, Math.floor(width * factor)), Math.max(1, Math.floor(height * factor))];
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

function blockRow(image: Image, row: number, { color, black = 'terminal' }: TileOptions): string {
  let text = '';
  let ink = '';
  let paper = '';
  const set = (nextInk: string, nextPaper: string): void => {
    const codes = [nextInk === ink ? '' : foreground(nextInk), nextPaper === paper ? '' : background(nextPaper)];
    const changes = codes.filter((code) => code !== '');
    if (changes.length > 0) text += `\u001b[${changes.join(';')}m`;
    ink = nextInk;
    paper = nextPaper;
  };
  for (let column = 0; column < image.columns; column++) {
    const top = colorOf(image, column, 2 * row, color, black);
    const bottom = 2 * row + 1 < image.lines ? colorOf(image, column, 2 * row + 1, color, black) : '';
    if (top === bottom) {
      const dark = top === '' || top === darkest(color);
      set(dark ? ink : top, dark ? top : paper);
      text += dark ? ' ' : '█';
    } else if (top === '') {
      set(bottom, '');
      text += '▄';
    } else {
      set(top, bottom);
      text += '▀';
    }
  }
  return ink === '' && paper === '' ? text : text + RESET;
}
