// Block, line and braille characters as rectangles and dots, so that a picture of them needs no font.

/** In shares of a cell, from its upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** Bit 0 is the upper left quarter, then upper right, lower left, lower right. */
const QUARTERS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';
const LOWER_EIGHTHS = '▁▂▃▄▅▆▇█';
const BRAILLE = { first: 0x2800, last: 0x28ff } as const;
/** Places of braille's bits, lowest first: [column, row]. */
const BRAILLE_BITS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

const [THIN, THICK] = [0.06, 0.14] as const;
/** A cell is about twice as high as it is wide, so a line of the same weight is twice as wide in shares. */
const UPRIGHT = 2 * THIN;

const ACROSS = (x: number, width: number, weight: number): Rectangle => ({
  x,
  y: 0.5 - weight / 2,
  width,
  height: weight,
});
const DOWN = (y: number, height: number): Rectangle => ({ x: 0.5 - UPRIGHT / 2, y, width: UPRIGHT, height });
const HALF = 0.5 + UPRIGHT / 2;

const LINES: Readonly<Record<string, readonly Rectangle[]>> = {
  '─': [ACROSS(0, 1, THIN)],
  '━': [ACROSS(0, 1, THICK)],
  '┄': [ACROSS(0.05, 0.23, THIN), ACROSS(0.38, 0.24, THIN), ACROSS(0.72, 0.23, THIN)],
  '│': [DOWN(0, 1)],
  '┤': [DOWN(0, 1), ACROSS(0, HALF, THIN)],
  '├': [DOWN(0, 1), ACROSS(1 - HALF, HALF, THIN)],
  '└': [DOWN(0, 0.5), ACROSS(1 - HALF, HALF, THIN)],
  '┴': [DOWN(0, 0.5), ACROSS(0, 1, THIN)],
};

/** What fills a cell that holds this character; nothing where it is no block and no line. */
export function rectanglesOf(character: string): readonly Rectangle[] | undefined {
  const eighths = LOWER_EIGHTHS.indexOf(character) + 1;
  if (character === '█') return [{ x: 0, y: 0, width: 1, height: 1 }];
  if (eighths > 0) return [{ x: 0, y: 1 - eighths / 8, width: 1, height: eighths / 8 }];
  const quarters = character === ' ' ? -1 : QUARTERS.indexOf(character);
  return quarters > 0 ? quarterRectangles(quarters) : LINES[character];
}

function quarterRectangles(mask: number): Rectangle[] {
  const rows = [mask & 3, mask >> 2];
  return rows.flatMap((bits, row) =>
    bits === 0 ? [] : [{ x: bits === 2 ? 0.5 : 0, y: row / 2, width: bits === 3 ? 1 : 0.5, height: 0.5 }],
  );
}

/** Middles of the dots of a braille character; nothing for any other. */
export function dotsOf(character: string): readonly Dot[] | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < BRAILLE.first || code > BRAILLE.last) return undefined;
  return BRAILLE_BITS.filter((_, bit) => ((code - BRAILLE.first) >> bit) & 1).map(([column, row]) => ({
    x: 0.25 + column / 2,
    y: 0.125 + row / 4,
  }));
}
