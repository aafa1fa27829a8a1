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
  /** The clean image between input and reconstruction, where the data has one. @default false */
  readonly target?: boolean;
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
  /** What the reconstruction is to be is not the input. @default false */
  readonly targeted?: boolean;
}

/** `whole`: pixel for pixel; `half`: averaged by two; `small`: whatever height fits, without title and losses. */
export type DigitsKind = 'whole' | 'half' | 'small';

/** ` out` without, ` error` with the signed error, ` target` with that; a free cell after it. */
const LABEL_COLUMNS = { without: 4, with: 7, target: 8 } as const;
/** Below four rows, eight pixels, no digit can be told from another. */
const LEAST_TILE_ROWS = 4;
const ENOUGH_DIGITS = 5;

/**
 * Nothing where they do not fit. No digit grows smaller or leaves for the signed error; for a target, which is half of what is to be seen, halved ones may.
 *
 * @example
 * import { fitDigits } from 'millrace/tui';
 *
 * const digits = fitDigits('half', false, { columns: 80, rows: 20 }, { shape: [28, 28, 1], count: 10, labelled: true });
 * console.log(digits.count, digits.tile); // 5 { columns: 14, rows: 7 }
 */
export function fitDigits(
  kind: DigitsKind,
  error: boolean,
  size: Size,
  content: DigitsContent,
): DigitsLayout | undefined {
  const plain = fitRows(kind, { error: error && content.targeted !== true }, size, content);
  if (content.targeted !== true || kind === 'small') return plain;
  const both = error ? fitRows(kind, { target: true, error: true }, size, content) : undefined;
  const target = both ?? fitRows(kind, { target: true, error: false }, size, content);
  return target ?? (error ? undefined : plain);
}

function fitRows(
  kind: DigitsKind,
  { target = false, error }: Pick<DigitsLayout, 'target' | 'error'>,
  { columns, rows }: Size,
  { shape, count }: DigitsContent,
): DigitsLayout | undefined {
  const framed = kind !== 'small';
  const tallest = Math.floor((rows - (framed ? 2 : 0)) / pictureRows({ target, error }));
  const digitsOf = (tile: TileSize, labelColumns: number): number =>
    Math.min(count, Math.floor((columns - labelColumns + 1) / (tile.columns + 1)));
  const enough = (tile: TileSize): boolean => digitsOf(tile, LABEL_COLUMNS.without) >= Math.min(count, ENOUGH_DIGITS);
  const shrinks = kind === 'small' || (kind === 'half' && target && !error);
  const sizes = tileSizes(shape, kind).filter((tile) => !shrinks || tile.rows <= tallest);
  const tile = sizes.find(enough) ?? (kind === 'whole' ? undefined : sizes.at(-1));
  if (tile === undefined || tile.rows > tallest) return undefined;
  const labelColumns = LABEL_COLUMNS[target ? 'target' : error ? 'with' : 'without'];
  const digits = digitsOf(tile, labelColumns);
  if (digits < 1 || (!target && digits < digitsOf(tile, LABEL_COLUMNS.without))) return undefined;
  const gap = columns - labelColumns >= digits * (tile.columns + 2) ? 2 : 1;
  return { tile, count: digits, gap, labelColumns, framed, target, error, apart: false, labels: false };
}

/** Rows of pictures. */
function pictureRows({ target = false, error }: Pick<DigitsLayout, 'target' | 'error'>): number {
  return 2 + Number(target) + Number(error);
}

/** Takes free rows: first between the rows of pictures, then for the labels. */
export function spreadDigits(
  digits: DigitsLayout,
  { labelled }: DigitsContent,
  take: (rows: number) => boolean,
): DigitsLayout {
  if (!digits.framed) return digits;
  const apart = take(pictureRows(digits) - 1);
  return { ...digits, apart, labels: labelled && apart && take(1) };
}

export function digitsRows(digits: DigitsLayout): number {
  const { tile, framed, apart, labels } = digits;
  const pictures = pictureRows(digits);
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
