// The loss over the steps: the exponential mean as a line, minimum and maximum of each column as faint dots (a spike is
// never lost), the notebook's epochs behind it; logarithmic.
import type { Glyphs } from '../capabilities.js';
import { columnsOf, type LossHistory } from '../lossHistory.js';
import { placed } from '../lossReading.js';
import { placeOf, type StepRange } from '../stepRange.js';
import type { Span } from '../theme.js';
import { linearTicks, logTicks } from './axis.js';
import { type DotLayer, dotGrid } from './dots.js';

export interface LossChart {
  readonly history: LossHistory;
  /** What the line is compared with: one loss an epoch. */
  readonly ghost: readonly { readonly epoch: number; readonly loss: number }[];
  /** The x axis counts epochs where this is known and one is full, otherwise steps. */
  readonly stepsPerEpoch: number | undefined;
}

export interface ChartSize {
  readonly columns: number;
  readonly rows: number;
}

const LAYERS: readonly DotLayer[] = [
  { tone: 'accent', ascii: '*' },
  { tone: 'ghost', ascii: '-' },
  { tone: 'faint', ascii: '.' },
];
const [LINE, GHOST, RANGE] = [0, 1, 2] as const;

/** What the line and the notebook look like, for a legend. */
export interface ChartMarks {
  readonly line: string;
  readonly ghost: string;
}

export function marksOf(glyphs: Glyphs): ChartMarks {
  return glyphs === 'ascii' ? { line: LAYERS[LINE]!.ascii, ghost: LAYERS[GHOST]!.ascii } : { line: '━', ghost: '┄' };
}

const LABEL_COLUMNS = 7;
/** Below this height every row is needed for the curve. */
const ROWS_WITH_AXIS = 6;

/** Exactly `rows` rows of exactly `columns` cells, for any history. */
export function drawLossChart(chart: LossChart, { columns, rows }: ChartSize, glyphs: Glyphs): Span[][] {
  const height = Math.max(0, Math.floor(rows));
  const width = Math.floor(columns) - LABEL_COLUMNS;
  const range = lossRange(chart);
  if (width < 1 || range === undefined) return blankRows(Math.max(0, Math.floor(columns)), height);
  const plotRows = height - (height >= ROWS_WITH_AXIS ? 1 : 0);
  const plot = drawCurves(chart, range, width, plotRows, glyphs);
  const labels = yLabels(range, plotRows);
  const body = plot.map((row, index): Span[] => [...(labels[index] ?? []), ...row]);
  return plotRows < height ? [...body, xAxis(chart, width)] : body;
}

/** Nearer to the limits of a double, logarithms and margins would leave it. */
const [SMALLEST, LARGEST] = [1e-300, 1e300] as const;

/** Lowest and highest loss that has to be seen; a little apart at least. */
interface LossRange {
  readonly low: number;
  readonly high: number;
}

function lossRange({ history, ghost }: LossChart): LossRange | undefined {
  const values = columnsOf(history).flatMap(({ min, max }) => [min, max]);
  const positive = [...values, ...ghost.map(({ loss }) => loss)].filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return undefined;
  const low = Math.max(SMALLEST, Math.min(...positive));
  const high = Math.min(LARGEST, Math.max(low, ...positive));
  return high > low * 1.1 ? { low, high } : { low: low / 1.1, high: high * 1.1 };
}

/** 0 at the top (highest) to 1 at the bottom. */
function depthOf(loss: number, { low, high }: LossRange): number {
  const depth = (Math.log(high) - Math.log(loss)) / (Math.log(high) - Math.log(low));
  return Math.min(1, Math.max(0, depth));
}

function drawCurves(chart: LossChart, range: LossRange, columns: number, rows: number, glyphs: Glyphs): Span[][] {
  const grid = dotGrid(columns, rows, LAYERS, glyphs);
  const yOf = (loss: number): number => Math.round(depthOf(loss, range) * (grid.height - 1));
  const { history, ghost, stepsPerEpoch } = chart;

  for (const { epoch, loss } of stepsPerEpoch === undefined ? [] : ghost) {
    const from = placeOf((epoch - 1) * stepsPerEpoch! + 1, stepsOf(history), grid.width);
    const to = placeOf(epoch * stepsPerEpoch!, stepsOf(history), grid.width);
    for (let x = from; x <= to; x += 2) grid.dot(GHOST, x, yOf(loss));
  }

  let last: { x: number; y: number } | undefined;
  for (const [x, column] of placed(history, stepsOf(history), grid.width).entries()) {
    if (column === undefined) continue;
    grid.dot(RANGE, x, yOf(column.min));
    grid.dot(RANGE, x, yOf(column.max));
    const y = yOf(column.mean);
    grid.line(LINE, last?.x ?? x, last?.y ?? y, x, y);
    last = { x, y };
  }
  return grid.rows();
}

function yLabels(range: LossRange, rows: number): Span[][] {
  const labels: Span[][] = Array.from({ length: rows }, () => [['label', ' '.repeat(LABEL_COLUMNS)]]);
  for (const { value, label } of logTicks(range.low, range.high)) {
    const row = Math.round(depthOf(value, range) * (rows - 1));
    labels[row] = [
      ['label', label.padStart(LABEL_COLUMNS - 2).slice(0, LABEL_COLUMNS - 2)],
      ['rule', ' ┤'],
    ];
  }
  return labels;
}

function xAxis({ history: { lastStep }, stepsPerEpoch }: LossChart, columns: number): Span[] {
  const inEpochs = stepsPerEpoch !== undefined && lastStep >= stepsPerEpoch;
  const scale = inEpochs ? stepsPerEpoch : 1;
  const unit = inEpochs ? ' epochs' : ' steps';
  const axis = ' '.repeat(columns).split('');
  const write = (column: number, text: string): void => {
    if (column >= 0 && column + text.length <= columns) axis.splice(column, text.length, ...text);
  };
  for (const { value, label } of linearTicks(lastStep / scale, columns / 10)) {
    const column = placeOf(value * scale, { from: 1, to: lastStep }, columns);
    if (column + label.length < columns - unit.length) write(column, `${value === 0 ? '└' : '┴'}${label}`);
  }
  write(columns - unit.length, unit);
  return [['label', `${' '.repeat(LABEL_COLUMNS - 1)} ${axis.join('')}`]];
}

function blankRows(columns: number, rows: number): Span[][] {
  return Array.from({ length: rows }, () => [['value', ' '.repeat(columns)]]);
}

function stepsOf({ lastStep }: LossHistory): StepRange {
  return { from: 1, to: lastStep };
}
