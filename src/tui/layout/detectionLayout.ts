// What a watched stream shows where. As the terminal shrinks the pictures grow smaller, then the signed error leaves, then the chart becomes a
// sparkline, and the pictures leave last.
import { type TileShape, type TileSize, tileSize } from '../charts/images/tile.js';
import type { Size } from '../screen/size.js';
import type { DigitsLayout } from './digitsLayout.js';

export interface DetectionLayout extends Size {
  /** Rows of the chart below its title; 0: a sparkline stands for it. */
  readonly chart: number;
  /** The last anomalies beside each other. */
  readonly pictures: DigitsLayout | undefined;
}

/** Header and keys. */
const FRAME_ROWS = 2;
/** What each picture is, and its error. */
const CAPTION_ROWS = 1;
const TITLE_ROWS = 1;
/** ` error`, and a free cell. */
const LABEL_COLUMNS = 7;
/** Below four rows, eight pixels, no picture can be told from another. */
const LEAST_TILE_ROWS = 4;
/** Narrower, an index and an error have no room below a picture. */
const LEAST_TILE_COLUMNS = 8;

/** From the one that shows most on: rows of pictures, and the chart that they leave room for. */
const STAGES = [
  { error: true, tile: 'whole', chart: 8, titled: true },
  { error: true, tile: 'half', chart: 8, titled: true },
  { error: true, tile: 'small', chart: 4, titled: true },
  { error: false, tile: 'small', chart: 3, titled: true },
  { error: false, tile: 'small', chart: 0, titled: false },
] as const;

/** For any size: what has no room is left out. */
export function detectionLayout({ columns, rows }: Size, shape: TileShape): DetectionLayout {
  const room = Math.max(0, rows - FRAME_ROWS);
  for (const { error, tile: kind, chart, titled } of STAGES) {
    const above = chart === 0 ? 1 : TITLE_ROWS + chart;
    const own = CAPTION_ROWS + (titled ? TITLE_ROWS : 0);
    const tallest = Math.floor((room - above - own) / (error ? 3 : 2));
    const tile = tileOf(kind, shape, tallest);
    if (tile === undefined) continue;
    const cells = Math.max(tile.columns, LEAST_TILE_COLUMNS);
    const count = Math.floor((columns - LABEL_COLUMNS + 1) / (cells + 1));
    if (count < 1 || tile.columns > columns - LABEL_COLUMNS) continue;
    const used = own + (error ? 3 : 2) * tile.rows;
    return {
      ...{ columns, rows },
      chart: chart === 0 ? 0 : room - used - TITLE_ROWS,
      pictures: {
        ...{ tile, count, error, framed: titled },
        ...{ gap: 1 + cells - tile.columns, labelColumns: LABEL_COLUMNS, apart: false, labels: false },
      },
    };
  }
  return { columns, rows, chart: room >= TITLE_ROWS + 3 ? room - TITLE_ROWS : 0, pictures: undefined };
}

function tileOf(kind: 'whole' | 'half' | 'small', shape: TileShape, tallest: number): TileSize | undefined {
  const whole = tileSize(shape);
  const half = tileSize(shape, { columns: Math.ceil(shape[1] / 2), rows: Math.ceil(shape[0] / 4) });
  const tile =
    kind === 'whole'
      ? whole
      : kind === 'half'
        ? half
        : tileSize(shape, { columns: whole.columns, rows: Math.max(0, Math.min(half.rows, tallest)) });
  return tile.rows < Math.min(LEAST_TILE_ROWS, whole.rows) || tile.rows > tallest ? undefined : tile;
}
