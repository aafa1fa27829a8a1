// Two pixels a cell, one above the other: the upper one is the ink of a half block, the lower one its paper.
import { background, foreground } from './pixelColor.js';

const RESET = '\u001b[0m';

/** The colour of a pixel as the tail of an SGR code; the empty one is the terminal's own. */
export type PixelColor = (column: number, line: number) => string;

/**
 * One row of exactly `columns` cells from two lines of pixels, ending in the terminal's default colours. A colour is set
 * only where it changes.
 *
 * @param lines of the whole image: below the last one is nothing
 * @param dark the colour that is painted as a space, as the terminal's own is
 */
export function halfBlockRow(colorOf: PixelColor, columns: number, lines: number, row: number, dark: string): string {
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
  for (let column = 0; column < columns; column++) {
    const top = colorOf(column, 2 * row);
    const bottom = 2 * row + 1 < lines ? colorOf(column, 2 * row + 1) : '';
    if (top === bottom) {
      const asSpace = top === '' || top === dark;
      set(asSpace ? ink : top, asSpace ? top : paper);
      text += asSpace ? ' ' : '█';
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
