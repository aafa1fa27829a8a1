// Which panels fit where. As the terminal shrinks, whole panels leave, in this order: the signed error of the digits,
// epochs, progress, the chart and the last values (a sparkline stays), then the digits grow smaller and fewer, and leave last.
import type { Size } from '../screen/size.js';
import {
  type DigitsContent,
  type DigitsKind,
  type DigitsLayout,
  digitsRows,
  fitDigits,
  spreadDigits,
} from './digitsLayout.js';

export interface Layout extends Size {
  /** A row is kept for the message; otherwise the header makes way for it. */
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
  /** There are events: otherwise there is nothing to lay out. */
  readonly begun: boolean;
  /** Nothing where it is not known what images there are. */
  readonly sample: DigitsContent | undefined;
  /** Runs that are shown at once. @default 1 */
  readonly runs?: number;
  /** Values beside those that every run has. @default 0 */
  readonly metrics?: number;
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

interface Stage {
  readonly epochs?: true;
  readonly side?: 'full' | 'values';
  readonly chart?: number;
  readonly strip?: number;
  readonly digits?: DigitsKind;
  readonly error?: true;
}

/** From the richest on; the first that fits is taken. */
const STAGES: readonly Stage[] = [
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'whole', error: true },
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'whole' },
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'half', error: true },
  { epochs: true, side: 'full', chart: CHART_ROWS.full, digits: 'half' },
  { side: 'full', chart: CHART_ROWS.full, digits: 'half' },
  { side: 'values', chart: CHART_ROWS.small, digits: 'half' },
  { strip: 1, digits: 'half' },
  { strip: 1, digits: 'small' },
  { side: 'values', chart: CHART_ROWS.small },
  { strip: 3 },
  { strip: 2 },
];

/** Before the first event there is a header and a message. */
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
    if (layout?.chart !== undefined && (layout.digits !== undefined || content.sample === undefined))
      return { ...layout, rows, runs: kind };
  }
  return fullest({ columns, rows }, content);
}

function fullest(size: Size, content: Content): Layout | undefined {
  for (const stage of content.begun ? STAGES : [NOTHING_YET]) {
    const layout = fitted(stage, size, content);
    if (layout !== undefined) return layout;
  }
  return undefined;
}

function fitted(stage: Stage, { columns, rows }: Size, content: Content): Layout | undefined {
  const { sample } = content;
  const beside = columns >= COLUMNS_WITH_SIDE;
  const strip = stage.strip ?? (beside ? 0 : 1);
  const ownMessage = stage.digits !== 'small';
  const top = Math.max(stage.chart ?? 0, beside && stage.side === 'full' ? SIDE_ROWS : 0);
  const left = rows - 2 - Number(ownMessage) - strip - top - (stage.epochs === true ? EPOCHS_ROWS : 0);
  const wanted = stage.digits !== undefined && sample !== undefined;
  const digits = wanted ? fitDigits(stage.digits, stage.error === true, { columns, rows: left }, sample) : undefined;
  const spare = left - (digits === undefined ? 0 : digitsRows(digits));
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
    content,
  );
}

/** Spare rows first make the chart readable, then keep panels apart, then make the chart taller; what no one needs stays free above the keys. */
function distributed(layout: Layout, spare: number, { sample, metrics = 0 }: Content): Layout {
  let left = spare;
  const take = (most: number): number => {
    const taken = Math.min(left, Math.max(0, most));
    left -= taken;
    return taken;
  };
  const { chart, side, digits, epochs } = layout;
  const grown = chart === undefined ? 0 : take(CHART_ROWS.readable - chart.rows);
  const spreadOut =
    digits && sample && spreadDigits(digits, sample, (wanted) => left >= wanted && take(wanted) === wanted);
  const aboveDigits = digits?.framed === true && chart !== undefined && chart.rows >= CHART_ROWS.full ? take(1) : 0;
  const aboveEpochs = epochs === undefined ? 0 : take(1);
  const chartRows = chart === undefined ? 0 : chart.rows + grown + take(CHART_ROWS.most - chart.rows - grown);
  // Beside a taller chart there is room for more values.
  const room = chartRows - (side?.progress === true ? SIDE_ROWS - VALUES : 1);
  return {
    ...layout,
    chart: chart && { ...chart, rows: chartRows },
    side: side && { ...side, values: Math.min(room, VALUES + metrics) },
    digits: spreadOut,
    space: { digits: aboveDigits, epochs: aboveEpochs, keys: left },
  };
}
