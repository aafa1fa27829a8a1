// Many small pictures of one size beside and below each other, as large as there is space for.
import { type TileSize, tileSize } from './tile.js';

export interface GalleryLayout {
  /** Of one picture. */
  readonly tile: TileSize;
  readonly magnification: number;
  readonly perRow: number;
  /** How many there is space for. */
  readonly count: number;
  /** Free rows between two rows of pictures. */
  readonly rowGap: number;
  /** Of all. */
  readonly size: TileSize;
}

export const MOST_MAGNIFICATION = 4;
const COLUMN_GAP = 1;

/**
 * As large as all of them fit; where they do not fit at all, the first ones.
 *
 * @param most pixels across and down that a pixel may take
 */
export function layOutGallery(
  [height, width]: readonly [height: number, width: number],
  count: number,
  space: TileSize,
  most = MOST_MAGNIFICATION,
): GalleryLayout {
  const tile = tileSize([height, width, 1], undefined, most);
  const layout = arranged(tile, most, count, height, space);
  return layout.count === count || most <= 1 ? layout : layOutGallery([height, width], count, space, most - 1);
}

function arranged(
  tile: TileSize,
  magnification: number,
  count: number,
  height: number,
  space: TileSize,
): GalleryLayout {
  // An odd number of lines leaves half a cell free.
  const rowGap = (height * magnification) % 2 === 0 ? 1 : 0;
  const fitting = Math.max(0, Math.floor((space.columns + COLUMN_GAP) / (tile.columns + COLUMN_GAP)));
  const rows = Math.max(0, Math.floor((space.rows + rowGap) / Math.max(1, tile.rows + rowGap)));
  const shown = tile.rows === 0 ? 0 : Math.min(count, fitting * rows);
  const usedRows = shown === 0 ? 0 : Math.ceil(shown / fitting);
  const perRow = usedRows === 0 ? 0 : Math.ceil(shown / usedRows);
  const size = {
    columns: Math.max(0, perRow * (tile.columns + COLUMN_GAP) - COLUMN_GAP),
    rows: Math.max(0, usedRows * (tile.rows + rowGap) - rowGap),
  };
  return { tile, magnification, perRow, count: shown, rowGap, size };
}

/**
 * Exactly `layout.size.rows` rows of exactly `layout.size.columns` cells.
 *
 * @param draw the rows of one picture, in the cells of `layout.tile`
 */
export function drawGallery(layout: GalleryLayout, draw: (place: number) => readonly string[]): string[] {
  const { tile, perRow, count, rowGap, size } = layout;
  const blank = ' '.repeat(tile.columns);
  const rows: string[] = [];
  for (let first = 0; first < count; first += perRow) {
    if (first > 0) rows.push(...Array.from({ length: rowGap }, () => ' '.repeat(size.columns)));
    const pictures = Array.from({ length: perRow }, (_, place) => (first + place < count ? draw(first + place) : []));
    for (let row = 0; row < tile.rows; row++)
      rows.push(pictures.map((picture) => picture[row] ?? blank).join(' '.repeat(COLUMN_GAP)));
  }
  return rows;
}
