// Draws the curves of the loss chart on a grid of dots.

import { placeOf } from '../../../dashboard/history/stepRange.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Span } from '../../theme/theme.js';
import { type BrailleCanvas, brailleCanvas, type CanvasLayer } from '../brailleCanvas.js';
import type { LossChart } from './lossChartModel.js';
import { depthsOn, lossScale } from './lossScale.js';
import { lossesIn, lossSeries, type PlacedLoss, type Places } from './lossSeries.js';
import { BASELINE_ASCII, GAP_SIGN, LESS_SIGN, MORE_SIGN, TEST_ASCII, testSign } from './marks.js';

/** Layers behind those of the runs, from the one that wins on. */
const BEHIND: readonly CanvasLayer[] = [
  { tone: 'test', ascii: TEST_ASCII },
  { tone: 'value', ascii: '|' },
  { tone: 'baseline', ascii: BASELINE_ASCII },
  { tone: 'faint', ascii: '.' },
];

export interface LossCurves {
  readonly rows: Span[][];
  /** Nothing where there is no loss. */
  readonly scale: ReturnType<typeof lossScale>;
}

export function drawLossCurves(chart: LossChart, columns: number, rows: number, glyphs: Glyphs): LossCurves {
  const layers = [...chart.runs.map(({ tone, ascii }) => ({ tone, ascii })), ...BEHIND];
  const grid = brailleCanvas(columns, rows, layers, glyphs);
  const series = lossSeries(chart, grid.width);
  const scale = lossScale(lossesIn(series), chart.scale);
  const [test, cursor, baseline, range] = [0, 1, 2, 3].map((layer) => layer + chart.runs.length) as [
    number,
    number,
    number,
    number,
  ];
  const depthOf = scale === undefined ? () => 0 : depthsOn(scale);
  const yOf = (loss: number): number => Math.round(depthOf(loss) * (grid.height - 1));

  signRates(grid, chart);
  for (const [layer, places] of series.runs.entries()) {
    drawMean(grid, layer, places, yOf);
    signGaps(grid, places);
  }
  if (series.runs.length === 1) drawExtremes(grid, range, series.runs[0]!, yOf);
  drawTest(grid, test, series.test, yOf, testSign(glyphs));
  drawMean(grid, baseline, series.baseline, yOf);
  for (const { place, end, loss } of series.baselineEpochs)
    for (let x = place; x <= end; x += 2) grid.dot(baseline, x, yOf(loss));
  if (chart.cursor !== undefined) {
    const x = placeOf(chart.cursor, chart.steps, columns) * (grid.width / columns);
    grid.line(cursor, x, 0, x, grid.height - 1);
  }
  return { rows: grid.rows(), scale };
}

type HeightOf = (loss: number) => number;

/** A line that stops where losses are not finite; where there is none, it goes on. */
function drawMean(grid: BrailleCanvas, layer: number, places: Places, yOf: HeightOf): void {
  let last: { x: number; y: number } | undefined;
  for (const [x, column] of places.entries()) {
    if (column === undefined) continue;
    if (!column.finite) {
      last = undefined;
      continue;
    }
    const y = yOf(column.mean);
    grid.line(layer, last?.x ?? x, last?.y ?? y, x, y);
    last = { x, y };
  }
}

function drawExtremes(grid: BrailleCanvas, layer: number, places: Places, yOf: HeightOf): void {
  for (const [x, column] of places.entries()) {
    if (column?.finite !== true) continue;
    grid.dot(layer, x, yOf(column.min));
    grid.dot(layer, x, yOf(column.max));
  }
}

function signGaps(grid: BrailleCanvas, places: Places): void {
  for (const [x, column] of places.entries()) if (column?.gap === true) grid.sign(GAP_SIGN, x, grid.height - 1);
}

/** Nearer to each other than this many dots, points would cover all lines. */
const POINTS_APART = 8;

function drawTest(grid: BrailleCanvas, layer: number, points: readonly PlacedLoss[], yOf: HeightOf, sign: Span): void {
  const apart = points.length * POINTS_APART <= grid.width;
  let last: { x: number; y: number } | undefined;
  for (const { place: x, loss } of points) {
    if (!Number.isFinite(loss)) {
      last = undefined;
      continue;
    }
    const y = yOf(loss);
    grid.line(layer, last?.x ?? x, last?.y ?? y, x, y);
    if (apart) grid.sign(sign, x, y);
    last = { x, y };
  }
}

/** Where the learning rate changed, along the top. */
function signRates(grid: BrailleCanvas, { rates, steps }: LossChart): void {
  for (const [index, { step, value }] of rates.entries()) {
    const before = rates[index - 1];
    if (before === undefined || step < steps.from || step > steps.to) continue;
    grid.sign(value > before.value ? MORE_SIGN : LESS_SIGN, placeOf(step, steps, grid.width), 0);
  }
}
