// How large the chosen digit can stand, and what fits beside or below it.
import { type TileShape, type TileSize, tileSize } from '../charts/images/tile.js';
import type { Size } from '../screen/size.js';

export interface PinnedLayout {
  /** The reconstruction. */
  readonly large: TileSize;
  /** Input and signed error. */
  readonly small: TileSize;
  /** `row`: three of the same size beside each other; `stack`: the small ones above each other beside the large one. */
  readonly arrangement: 'row' | 'stack';
  /** The pictures with their captions and the loss below. */
  readonly pictures: Size;
  /** For latent and filters. */
  readonly networkSpace: NetworkSpace | undefined;
}

export interface NetworkSpace extends Size {
  readonly place: 'beside' | 'below';
}

/** A pixel is at most so many pixels across and down. */
export const PINNED_MAGNIFICATION = 2;

const GAP = 2;
/** The caption above. */
const CAPTION = 1;
/** The loss below. */
const LOSS = 1;
const LEAST_TILE_ROWS = 4;
const LEAST_NETWORK_SPACE: Size = { columns: 24, rows: 6 };

/** From the largest on; nothing where no digit could be told from another. */
export function layOutPinned(shape: TileShape, space: Size): PinnedLayout | undefined {
  const whole = tileSize(shape);
  const twice = tileSize(shape, undefined, PINNED_MAGNIFICATION);
  const half = tileSize(shape, { columns: Math.ceil(shape[1] / 2), rows: Math.ceil(shape[0] / 4) });
  const fitting = tileSize(shape, {
    columns: Math.floor((space.columns - 1 - 2 * GAP) / 3),
    rows: Math.min(whole.rows, space.rows - CAPTION - LOSS),
  });
  const wanted = [inRow(twice), stacked(twice, whole), inRow(whole), stacked(whole, half), inRow(fitting)];
  const found = wanted.find(
    ({ pictures, small }) =>
      pictures.columns <= space.columns && pictures.rows <= space.rows && small.rows >= LEAST_TILE_ROWS,
  );
  return found && { ...found, networkSpace: networkSpaceBeside(found.pictures, space) };
}

type Pictures = Omit<PinnedLayout, 'networkSpace'>;

function inRow(tile: TileSize): Pictures {
  const pictures = { columns: 1 + 3 * tile.columns + 2 * GAP, rows: CAPTION + tile.rows + LOSS };
  return { large: tile, small: tile, arrangement: 'row', pictures };
}

function stacked(large: TileSize, small: TileSize): Pictures {
  const rows = Math.max(CAPTION + large.rows, 2 * (CAPTION + small.rows)) + LOSS;
  return { large, small, arrangement: 'stack', pictures: { columns: 1 + large.columns + GAP + small.columns, rows } };
}

/** The larger of the free spaces beside and below the pictures. */
function networkSpaceBeside(pictures: Size, space: Size): NetworkSpace | undefined {
  const beside = { place: 'beside', columns: space.columns - pictures.columns - GAP - 1, rows: space.rows } as const;
  const below = { place: 'below', columns: space.columns - 2, rows: space.rows - pictures.rows - 1 } as const;
  const fitting = [beside, below].filter(
    ({ columns, rows }) => columns >= LEAST_NETWORK_SPACE.columns && rows >= LEAST_NETWORK_SPACE.rows,
  );
  return fitting.toSorted((one, other) => other.columns * other.rows - one.columns * one.rows)[0];
}
