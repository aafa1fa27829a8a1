// How many digits stand beside each other, and how large. Where rows get scarce the signed error leaves first.
import { type TileShape, type TileSize, tileSize } from '../charts/images/tile.js';
import type { Size } from '../screen/size.js';

export interface DigitsLayout {
  /** Of one image. */
  readonly tile: TileSize;
  /** Digits beside each other. */
  readonly count: number;
  /** Cells between two digits. */
  readonly gap: number;
  /** Cells for the words before the rows of pictures. */
  readonly labelColumns: number;
  /** Title above and losses below. */
  readonly framed: boolean;
  /** The signed error below input and reconstruction. */
  readonly error: boolean;
  /** Free rows between the rows of pictures. */
  readonly apart: boolean;
  /** A row of what the images show, where the data says it. */
  readonly labels: boolean;
}

/** Shape and number of the sample images. */
export interface DigitsContent {
  readonly shape: TileShape;
  readonly count: number;
  readonly labelled: boolean;
}

/** `whole`: pixel for pixel; `half`: averaged by two; `small`: whatever height fits, without title and losses. */
export type DigitsKind = 'whole' | 'half' | 'small';

/** ` out` without, ` error` with the signed error; a free cell after it. */
const LABEL_COLUMNS = { without: 4, with: 7 } as const;
/** Below four rows, eight pixels, no digit can be told from another. */
const LEAST_TILE_ROWS = 4;
const ENOUGH_DIGITS = 5;

/** Nothing where they do not fit. No digit grows smaller or leaves for the signed error. */
export function fitDigits(
  kind: DigitsKind,
  error: boolean,
  { columns, rows }: Size,
  { shape, count }: DigitsContent,
): DigitsLayout | undefined {
  const framed = kind !== 'small';
  const tallest = Math.floor((rows - (framed ? 2 : 0)) / (error ? 3 : 2));
  const digitsOf = (tile: TileSize, labelColumns: number): number =>
    Math.min(count, Math.floor((columns - labelColumns + 1) / (tile.columns + 1)));
  const enough = (tile: TileSize): boolean => digitsOf(tile, LABEL_COLUMNS.without) >= Math.min(count, ENOUGH_DIGITS);
  const sizes = tileSizes(shape, kind).filter((tile) => kind !== 'small' || tile.rows <= tallest);
  const tile = sizes.find(enough) ?? (kind === 'whole' ? undefined : sizes.at(-1));
  if (tile === undefined || tile.rows > tallest) return undefined;
  const labelColumns = error ? LABEL_COLUMNS.with : LABEL_COLUMNS.without;
  const digits = digitsOf(tile, labelColumns);
  if (digits < 1 || digits < digitsOf(tile, LABEL_COLUMNS.without)) return undefined;
  const gap = columns - labelColumns >= digits * (tile.columns + 2) ? 2 : 1;
  return { tile, count: digits, gap, labelColumns, framed, error, apart: false, labels: false };
}

/** Takes free rows: first between the rows of pictures, then for the labels. */
export function spreadDigits(
  digits: DigitsLayout,
  { labelled }: DigitsContent,
  take: (rows: number) => boolean,
): DigitsLayout {
  if (!digits.framed) return digits;
  const apart = take(digits.error ? 2 : 1);
  return { ...digits, apart, labels: labelled && apart && take(1) };
}

export function digitsRows({ tile, framed, error, apart, labels }: DigitsLayout): number {
  const pictures = error ? 3 : 2;
  return pictures * tile.rows + (framed ? 2 : 0) + (apart ? pictures - 1 : 0) + (labels ? 1 : 0);
}

/** From the largest on. */
function tileSizes(shape: TileShape, kind: DigitsKind): TileSize[] {
  const whole = tileSize(shape);
  const half = tileSize(shape, { columns: Math.ceil(shape[1] / 2), rows: Math.ceil(shape[0] / 4) });
  if (kind === 'whole' || half.rows < LEAST_TILE_ROWS) return [whole];
  const sizes = [half];
  for (let rows = half.rows - 1; rows >= LEAST_TILE_ROWS; rows--)
    sizes.push(tileSize(shape, { columns: whole.columns, rows }));
  return sizes;
}
