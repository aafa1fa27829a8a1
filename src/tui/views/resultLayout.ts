// What of a result fits where: words beside the pictures or below them. As rows get scarce the images leave, the best
// reconstructed first, then grow smaller; the words stay.
import { type TileShape, type TileSize, tileSize } from '../charts/images/tile.js';
import type { Size } from '../screen/size.js';

export interface ResultLayout {
  /** Cells for the words. */
  readonly words: Size;
  readonly beside: boolean;
  readonly pictures: ResultPicturesLayout | undefined;
}

export interface ResultPicturesLayout {
  /** Of the panel with its title. */
  readonly columns: number;
  readonly tile: TileSize;
  /** Pixels across and down that a pixel takes. */
  readonly magnification: number;
  /** Images below each other. */
  readonly images: number;
}

/** Words beside pictures. */
const COLUMNS_BESIDE = 116;
const WORDS_COLUMNS = 58;
const GAP = 2;
/** What the image shows, before its pictures. */
export const RESULT_LABEL_COLUMNS = 4;
/** Title, and the names of the columns. */
const HEAD_ROWS = 2;
/** The losses below each row of pictures. */
const LOSS_ROWS = 1;
/** Images that are worth more than larger ones. */
const ENOUGH_IMAGES = 3;
const LEAST_TILE_ROWS = 4;
/** Pixels: below it they are drawn larger. */
const SMALL_IMAGE = 16;

/**
 * @param wanted rows of words
 * @param pictures beside each other, for each image
 */
export function layOutResult(
  { columns, rows }: Size,
  wanted: number,
  sample: { readonly shape: TileShape; readonly count: number; readonly pictures: number } | undefined,
): ResultLayout {
  const beside = columns >= COLUMNS_BESIDE && rows >= wanted && sample !== undefined;
  const space = beside
    ? { columns: columns - WORDS_COLUMNS - GAP, rows }
    : { columns, rows: rows - Math.min(rows, wanted) };
  const pictures = sample && fitPictures(space, sample.shape, sample.count, sample.pictures);
  const left = pictures === undefined ? rows : rows - HEAD_ROWS - pictures.images * (pictures.tile.rows + LOSS_ROWS);
  const words = beside ? { columns: WORDS_COLUMNS, rows } : { columns, rows: left };
  return { words, beside, pictures };
}

function fitPictures(
  { columns, rows }: Size,
  shape: TileShape,
  count: number,
  pictures: number,
): ResultPicturesLayout | undefined {
  const magnification = Math.max(1, Math.floor(SMALL_IMAGE / Math.max(shape[0], shape[1], 1)));
  const fitting = tileSizes(shape, magnification).flatMap((tile) => {
    const images = Math.min(count, Math.floor((rows - HEAD_ROWS) / (tile.rows + LOSS_ROWS)));
    const wide = RESULT_LABEL_COLUMNS + pictures * (tile.columns + GAP) - GAP;
    return wide <= columns && images >= 1 ? [{ columns, tile, magnification, images }] : [];
  });
  return fitting.find(({ images }) => images >= Math.min(count, ENOUGH_IMAGES)) ?? fitting.at(0);
}

/** From the largest on. */
function tileSizes(shape: TileShape, magnification: number): TileSize[] {
  const whole = tileSize(shape, undefined, magnification);
  const smaller = Array.from({ length: Math.max(0, Math.ceil(whole.rows / 2) - LEAST_TILE_ROWS + 1) }, (_, less) =>
    tileSize(shape, { columns: whole.columns, rows: Math.ceil(whole.rows / 2) - less }, magnification),
  );
  return [whole, ...smaller];
}
