// A grid of dots finer than the cells: braille, 2 × 4 dots a cell, quarter blocks, 2 × 2, or one character a cell in ASCII.
import type { Glyphs } from '../theme/capabilities.js';
import type { Tone } from '../theme/palette.js';
import type { Span } from '../theme/theme.js';

/** What a series looks like. Where two share a cell the earlier layer wins, so that colours never mix. */
export interface CanvasLayer {
  readonly tone: Tone;
  readonly ascii: string;
}

export interface BrailleCanvas {
  /** Dots, not cells. */
  readonly width: number;
  readonly height: number;
  /** Sets a dot, from the top left; dots outside are ignored. */
  dot(layer: number, x: number, y: number): void;
  line(layer: number, fromX: number, fromY: number, toX: number, toY: number): void;
  /** A sign in the cell of a dot, over all layers; of several the first stays. */
  sign(sign: Span, x: number, y: number): void;
  rows(): Span[][];
}

/** Unicode's braille bits by dot row, left and right. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Bit 0 is the upper left quarter, then upper right, lower left, lower right. */
const QUARTERS = [...' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'];

/** By their bits. */
const BRAILLE_DOTS = Array.from({ length: 256 }, (_, bits) => String.fromCharCode(0x2800 + bits));

const BLANK: Span = ['value', ' '];

/** Dots in a cell, across and down. */
const DOTS = { braille: [2, 4], block: [2, 2], ascii: [1, 1] } as const;

export function brailleCanvas(
  columns: number,
  rows: number,
  layers: readonly CanvasLayer[],
  glyphs: Glyphs,
): BrailleCanvas {
  const [across, down] = DOTS[glyphs];
  const [width, height] = [columns * across, rows * down];
  const masks = layers.map(() => new Uint8Array(columns * rows));
  const dots = glyphs === 'block' ? QUARTERS : BRAILLE_DOTS;

  const signs = new Map<number, Span>();

  const cellOf = (x: number, y: number): number => Math.floor(y / down) * columns + Math.floor(x / across);
  const isInside = (x: number, y: number): boolean => x >= 0 && x < width && y >= 0 && y < height;

  const dot = (layer: number, x: number, y: number): void => {
    const mask = masks[layer];
    if (mask === undefined || !isInside(x, y)) return;
    const cell = cellOf(x, y);
    const bit = glyphs === 'block' ? 1 << ((y % down) * 2 + (x % across)) : (BRAILLE[y % down]?.[x % across] ?? 0);
    mask[cell] = (mask[cell] ?? 0) | bit;
  };

  const line = (layer: number, fromX: number, fromY: number, toX: number, toY: number): void => {
    const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY), 1);
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      dot(layer, Math.round(fromX + (toX - fromX) * share), Math.round(fromY + (toY - fromY) * share));
    }
  };

  const sign = (shown: Span, x: number, y: number): void => {
    if (isInside(x, y) && !signs.has(cellOf(x, y))) signs.set(cellOf(x, y), shown);
  };

  const spanAt = (cell: number): Span => {
    const shown = signs.get(cell);
    if (shown !== undefined) return shown;
    for (let top = 0; top < masks.length; top++) {
      const mask = masks[top]![cell]!;
      if (mask !== 0) return [layers[top]!.tone, glyphs === 'ascii' ? layers[top]!.ascii : dots[mask]!];
    }
    return BLANK;
  };

  return {
    width,
    height,
    dot,
    line,
    sign,
    rows: () =>
      Array.from({ length: rows }, (_, row) =>
        joined(Array.from({ length: columns }, (_, column) => spanAt(row * columns + column))),
      ),
  };
}

/** Neighbours of one tone become one span. */
export function joined(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  let [tone, text]: [Span[0] | undefined, string] = [undefined, ''];
  for (const [nextTone, more] of spans) {
    if (nextTone === tone) text += more;
    else {
      if (tone !== undefined) runs.push([tone, text]);
      [tone, text] = [nextTone, more];
    }
  }
  return tone === undefined ? runs : [...runs, [tone, text]];
}
