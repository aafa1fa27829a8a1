// What of the chart view fits where. As the room shrinks these leave in this order: the digits, the lines of the comparison and
// of the other runs, the axis in epochs, the values at the cursor (the loss there goes into the title), the axis in steps.
import { baselineOf } from '../../dashboard/comparison.js';
import { frameAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import { tileSize } from '../charts/images/tile.js';
import type { DigitsContent, DigitsLayout } from '../layout/digitsLayout.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';
import { roomOf } from './contentArea.js';

export interface ChartLayout {
  /** The chart with its title. */
  readonly chart: Size;
  /** Rows of values below it. */
  readonly readings: number;
  readonly digits: DigitsLayout | undefined;
}

const ROWS_WITH_DIGITS = 20;
const ROWS_WITH_ALL_READINGS = 12;
const ROWS_WITH_READING = 6;
/** The chart with its title beside digits: half of the room at least. */
const LEAST_CHART_ROWS = 9;
/** Below four rows, eight pixels, no digit can be told from another. */
const TILE_ROWS = [7, 6, 5, 4] as const;
/** ` out`. */
const LABEL_COLUMNS = 4;
/** Title and losses. */
const DIGITS_FRAME_ROWS = 2;

/** What of it fits in the whole terminal. */
export function chartLayout(state: DashboardState, view: ViewContext, size: Size): ChartLayout {
  return layOutChartOf(state, view, roomOf(size, view));
}

/** What fits into these cells. */
export function layOutChartOf(state: DashboardState, view: ViewContext, inner: Size): ChartLayout {
  const frame = frameAt(state.film, view.viewState?.cursor);
  const shape = frame && { shape: frame.shape, count: frame.images.length };
  return layOutChart(inner, shape, readingsOf(state, view));
}

/** Rows of values: of the run itself, and of its comparison or of all runs that are shown. */
function readingsOf(state: DashboardState, view: ViewContext): number {
  const { runs = [state] } = view;
  if (runs.length > 1) return 1 + runs.length;
  return baselineOf(state, view) === undefined ? 1 : 2;
}

/** @param wanted rows of values that there are */
export function layOutChart(
  { columns, rows }: Size,
  sample: Pick<DigitsContent, 'shape' | 'count'> | undefined,
  wanted: number,
): ChartLayout {
  const most = rows >= ROWS_WITH_ALL_READINGS ? Math.floor(rows / 4) : rows >= ROWS_WITH_READING ? 1 : 0;
  const readings = Math.min(wanted, most);
  const digits = rows >= ROWS_WITH_DIGITS && sample ? fitDigits(columns, rows - readings, sample) : undefined;
  const digitsRows = digits === undefined ? 0 : 2 * digits.tile.rows + DIGITS_FRAME_ROWS;
  return { chart: { columns, rows: rows - readings - digitsRows }, readings, digits };
}

function fitDigits(
  columns: number,
  rows: number,
  { shape, count }: Pick<DigitsContent, 'shape' | 'count'>,
): DigitsLayout | undefined {
  const room = columns - LABEL_COLUMNS;
  const left = rows - Math.max(LEAST_CHART_ROWS, Math.floor(rows / 2)) - DIGITS_FRAME_ROWS;
  for (const tileRows of TILE_ROWS) {
    const tile = tileSize(shape, { columns: room, rows: tileRows });
    const fit = Math.min(count, Math.floor(room / (tile.columns + 2)));
    if (2 * tileRows <= left && fit >= 1) {
      const shown = { framed: true, error: false, apart: false, labels: false };
      return { tile, count: fit, gap: 2, labelColumns: LABEL_COLUMNS, ...shown };
    }
  }
  return undefined;
}
