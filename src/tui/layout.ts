// Which panels fit where. As the terminal shrinks, whole panels leave, in this order: epochs, progress, the chart and
// the last values (a sparkline stays), then the digits grow smaller and fewer, and leave last.
import { type TileShape, type TileSize, tileSize } from './charts/tile.js';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface DigitsLayout {
  /** Of one image. */
  readonly tile: TileSize;
  /** Pairs beside each other. */
  readonly count: number;
  /** Cells between two pairs. */
  readonly gap: number;
  /** Title above and losses below. */
  readonly framed: boolean;
  /** A free row between input and reconstruction. */
  readonly apart: boolean;
}

export interface Layout extends Size {
  /** A row of its own for the message; otherwise the header makes way for it. */
  readonly message: boolean;
  /** The loss chart with its title. */
  readonly chart: Size | undefined;
  /** The column beside the chart: the last values, and the progress below them. */
  readonly side: { readonly columns: number; readonly values: number; readonly progress: boolean } | undefined;
  /** Rows of loss and sparkline that stand for chart or side. */
  readonly strip: number;
  readonly digits: DigitsLayout | undefined;
  /** Several runs, below the chart: a panel, or one row for all. */
  readonly runs: 'panel' | 'line' | undefined;
  readonly epochs: { readonly columns: number; readonly count: number } | undefined;
  /** Free rows above digits, epochs and keys. */
  readonly space: { readonly digits: number; readonly epochs: number; readonly keys: number };
}

export interface Content {
  readonly message: boolean;
  /** Shape and number of the probe images; nothing before the run is known. */
  readonly probes: { readonly shape: TileShape; readonly count: number } | undefined;
  /** Runs that are shown at once. @default 1 */
  readonly runs?: number;
}

/** The smallest terminal that shows more than a sentence. */
export const MINIMUM: Size = { columns: 20, rows: 6 };

const SIDE_COLUMNS = 40;
const SIDE_GAP = 2;
/** Chart and side beside each other. */
const COLUMNS_WITH_SIDE = 76;
const VALUES = 5;
/** Title and values, a free row, title and four rows of progress. */
const SIDE_ROWS = 1 + VALUES + 1 + 1 + 4;
const CHART_ROWS = { full: 10, small: 4, readable: 7, most: 18 } as const;
/** Title, epoch, train, notebook, test. */
const EPOCHS_ROWS = 5;
export const EPOCH_COLUMNS = 9;
export const EPOCH_LABEL_COLUMNS = 14;
/** ` out`. */
export const DIGITS_LABEL_COLUMNS = 4;
/** Below four rows, eight pixels, no digit can be told from another. */
const LEAST_TILE_ROWS = 4;
const ENOUGH_PAIRS = 5;

interface Stage {
  readonly epochs?: true;
  readonly side?: 'full' | 'values';
  readonly chart?: number;
  readonly strip?: number;
  readonly digits?: 'whole' | 'half' | 'small';
}

/** From the richest on; the first that fits is taken. */
const STAGES: readonly Stage[] = [
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'whole' },
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'half' },
  { side: 'full', chart: CHART_ROWS.full, digits: 'half' },
  { side: 'values', chart: CHART_ROWS.small, digits: 'half' },
  { strip: 1, digits: 'half' },
  { strip: 1, digits: 'small' },
  { side: 'values', chart: CHART_ROWS.small },
  { strip: 3 },
  { strip: 2 },
];

/** Before the run is known there is a header and a message. */
const NOTHING_YET: Stage = { strip: 0 };

/** Nothing where the terminal is smaller than {@link MINIMUM}. One row stays free: Ink and terminals scroll on the last. */
export function layOut(terminal: Size, content: Content): Layout | undefined {
  const { columns } = terminal;
  const rows = terminal.rows - 1;
  if (columns < MINIMUM.columns || terminal.rows < MINIMUM.rows) return undefined;
  const { runs = 1 } = content;
  for (const kind of runs > 1 ? (['panel', 'line'] as const) : []) {
    const layout = fullest({ columns, rows: rows - (kind === 'panel' ? runs + 2 : 1) }, content);
    // The list explains the chart and leaves before it, and before the digits.
    if (layout?.chart !== undefined && layout.digits !== undefined) return { ...layout, rows, runs: kind };
  }
  return fullest({ columns, rows }, content);
}

function fullest(size: Size, content: Content): Layout | undefined {
  for (const stage of content.probes === undefined ? [NOTHING_YET] : STAGES) {
    const layout = fitted(stage, size, content);
    if (layout !== undefined) return layout;
  }
  return undefined;
}

function fitted(stage: Stage, { columns, rows }: Size, { message, probes }: Content): Layout | undefined {
  const beside = columns >= COLUMNS_WITH_SIDE;
  const strip = stage.strip ?? (beside ? 0 : 1);
  const ownMessage = message && stage.digits !== 'small';
  const top = Math.max(stage.chart ?? 0, beside && stage.side === 'full' ? SIDE_ROWS : 0);
  const left = rows - 2 - Number(ownMessage) - strip - top - (stage.epochs === true ? EPOCHS_ROWS : 0);
  const wanted = stage.digits !== undefined && probes !== undefined;
  const digits = wanted ? fitDigits(stage.digits, { columns, rows: left }, probes) : undefined;
  const spare = left - digitsRows(digits);
  if ((wanted && digits === undefined) || spare < 0) return undefined;
  return distributed(
    {
      columns,
      rows,
      message: ownMessage,
      chart: stage.chart === undefined ? undefined : { columns: beside ? columns - SIDE_COLUMNS : columns, rows: top },
      side:
        stage.side === undefined || !beside
          ? undefined
          : { columns: SIDE_COLUMNS - SIDE_GAP, values: VALUES, progress: stage.side === 'full' },
      strip,
      digits,
      runs: undefined,
      epochs:
        stage.epochs === undefined
          ? undefined
          : { columns, count: Math.floor((columns - EPOCH_LABEL_COLUMNS) / EPOCH_COLUMNS) },
      space: { digits: 0, epochs: 0, keys: 0 },
    },
    spare,
  );
}

/** Spare rows first make the chart readable, then keep panels apart, then make the chart taller; what nobody needs stays free above the keys. */
function distributed(layout: Layout, spare: number): Layout {
  let left = spare;
  const take = (most: number): number => {
    const taken = Math.min(left, Math.max(0, most));
    left -= taken;
    return taken;
  };
  const { chart, side, digits, epochs } = layout;
  const grown = chart === undefined ? 0 : take(CHART_ROWS.readable - chart.rows);
  const apart = digits?.framed === true && take(1) === 1;
  const aboveDigits = digits?.framed === true && chart !== undefined && chart.rows >= CHART_ROWS.full ? take(1) : 0;
  const aboveEpochs = epochs === undefined ? 0 : take(1);
  const chartRows = chart === undefined ? 0 : chart.rows + grown + take(CHART_ROWS.most - chart.rows - grown);
  return {
    ...layout,
    chart: chart && { ...chart, rows: chartRows },
    side: side && (side.progress ? side : { ...side, values: Math.min(chartRows - 1, VALUES) }),
    digits: digits && { ...digits, apart },
    space: { digits: aboveDigits, epochs: aboveEpochs, keys: left },
  };
}

function digitsRows(digits: DigitsLayout | undefined): number {
  return digits === undefined ? 0 : 2 * digits.tile.rows + (digits.framed ? 2 : 0);
}

function fitDigits(
  kind: 'whole' | 'half' | 'small',
  { columns, rows }: Size,
  { shape, count }: NonNullable<Content['probes']>,
): DigitsLayout | undefined {
  const framed = kind !== 'small';
  const tallest = Math.floor((rows - (framed ? 2 : 0)) / 2);
  const room = columns - DIGITS_LABEL_COLUMNS;
  const pairsOf = (tile: TileSize): number => Math.min(count, Math.floor((room + 1) / (tile.columns + 1)));
  const enough = (tile: TileSize): boolean => pairsOf(tile) >= Math.min(count, ENOUGH_PAIRS);
  const sizes = tileSizes(shape, kind).filter((tile) => kind !== 'small' || tile.rows <= tallest);
  const tile = sizes.find(enough) ?? (kind === 'whole' ? undefined : sizes.at(-1));
  if (tile === undefined || tile.rows > tallest || pairsOf(tile) < 1) return undefined;
  const pairs = pairsOf(tile);
  return { tile, count: pairs, gap: room >= pairs * (tile.columns + 2) ? 2 : 1, framed, apart: false };
}

/** From the largest: pixel for pixel, averaged by two, then whatever height fits. */
function tileSizes(shape: TileShape, kind: 'whole' | 'half' | 'small'): TileSize[] {
  const whole = tileSize(shape);
  const half = tileSize(shape, { columns: Math.ceil(shape[1] / 2), rows: Math.ceil(shape[0] / 4) });
  if (kind === 'whole' || half.rows < LEAST_TILE_ROWS) return [whole];
  const sizes = [half];
  for (let rows = half.rows - 1; rows >= LEAST_TILE_ROWS; rows--)
    sizes.push(tileSize(shape, { columns: whole.columns, rows }));
  return sizes;
}
