// Draws the curves of the loss chart on a grid of dots.

import { placeOf } from '../../../dashboard/history/stepRange.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Tone } from '../../theme/palette.js';
import type { Span } from '../../theme/theme.js';
import { type BrailleCanvas, brailleCanvas, type CanvasLayer } from '../brailleCanvas.js';
import type { LossChart } from './lossChartModel.js';
import { depthsOn, type LossScale, lossScale } from './lossScale.js';
import { firstFitted, type LossSeries, lossesIn, lossSeries, type PlacedLoss, type Places } from './lossSeries.js';
import { ABOVE_SIGN, BASELINE_ASCII, GAP_SIGN, LESS_SIGN, MORE_SIGN, TEST_ASCII, testSign } from './marks.js';

/** Layers behind those of the runs, from the one that wins on. */
const BEHIND: readonly CanvasLayer[] = [
  { tone: 'value', ascii: '|' },
  { tone: 'baseline', ascii: BASELINE_ASCII },
  { tone: 'faint', ascii: '.' },
];

export interface LossCurves {
  readonly rows: Span[][];
  readonly series: LossSeries;
  /** Nothing where there is no loss. */
  readonly scale: ReturnType<typeof lossScale>;
}

/**
 * The losses on the test images lie on top, then a comparison that someone asked for, for both are few dots that the training
 * would hide; the notebook is context and lies behind.
 */
export function drawLossCurves(chart: LossChart, columns: number, rows: number, glyphs: Glyphs): LossCurves {
  const { runs } = chart;
  const layers = [
    ...runs.map(({ testTone: tone }) => ({ tone, ascii: TEST_ASCII })),
    { tone: 'comparison', ascii: BASELINE_ASCII } as const,
    ...runs.map(({ tone, ascii }) => ({ tone, ascii })),
    ...BEHIND,
  ];
  const grid = brailleCanvas(columns, rows, layers, glyphs);
  const series = lossSeries(chart, grid.width);
  const scale = lossScale(lossesIn(series, firstFitted(chart.steps, grid.width)), chart.scale);
  const [comparison, train] = [runs.length, runs.length + 1];
  const [cursor, notebook, range] = [0, 1, 2].map((layer) => layer + train + runs.length) as [number, number, number];
  const baseline = chart.baseline?.chosen === true ? comparison : notebook;
  const depthOf = scale === undefined ? () => 0 : depthsOn(scale);
  const yOf = (loss: number): number => Math.round(depthOf(loss) * (grid.height - 1));

  signRates(grid, chart);
  for (const [layer, places] of series.runs.entries()) {
    drawMean(grid, train + layer, places, yOf);
    signGaps(grid, places);
    if (scale !== undefined) signAbove(grid, places, scale, runs[layer]!.tone);
  }
  if (series.runs.length === 1) drawExtremes(grid, range, series.runs[0]!, yOf);
  for (const [layer, points] of series.test.entries())
    drawTest(grid, layer, points, yOf, testSign(runs[layer]!.testTone, glyphs));
  drawMean(grid, baseline, series.baseline, yOf, dashes(grid, columns));
  for (const { place, end, loss } of series.baselineEpochs)
    for (let x = place; x <= end; x += 2) grid.dot(baseline, x, yOf(loss));
  if (chart.cursor !== undefined) {
    const x = placeOf(chart.cursor, chart.steps, columns) * (grid.width / columns);
    grid.line(cursor, x, 0, x, grid.height - 1);
  }
  return { rows: grid.rows(), series, scale };
}

/** Two cells of a line, two cells free: what lies under it is seen as well. */
function dashes({ width }: BrailleCanvas, columns: number): (x: number) => boolean {
  const dotsAcross = width / columns;
  return (x) => Math.floor(x / dotsAcross) % 4 < 2;
}

type HeightOf = (loss: number) => number;

/** A line that stops where losses are not finite; where there is none, it goes on. */
function drawMean(
  grid: BrailleCanvas,
  layer: number,
  places: Places,
  yOf: HeightOf,
  isDrawn = (_x: number) => true,
): void {
  let last: { x: number; y: number } | undefined;
  for (const [x, column] of places.entries()) {
    if (column === undefined) continue;
    if (!column.finite) {
      last = undefined;
      continue;
    }
    const y = yOf(column.mean);
    const from = last !== undefined && isDrawn(last.x) ? last : { x, y };
    if (isDrawn(x)) grid.line(layer, from.x, from.y, x, y);
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

/** Where a mean lies above what the height shows, at the edge. */
function signAbove(grid: BrailleCanvas, places: Places, { high }: LossScale, tone: Tone): void {
  for (const [x, column] of places.entries())
    if (column?.finite === true && column.mean > high) grid.sign([tone, ABOVE_SIGN], x, 0);
}

function signGaps(grid: BrailleCanvas, places: Places): void {
  for (const [x, column] of places.entries()) if (column?.gap === true) grid.sign(GAP_SIGN, x, grid.height - 1);
}

/** Dots between two points that are marked: more marks would hide the line. */
const MARKS_APART = 12;

/** Points joined by a line; the newest is always marked, and from there on back as many as leave the line to be seen. */
function drawTest(grid: BrailleCanvas, layer: number, points: readonly PlacedLoss[], yOf: HeightOf, sign: Span): void {
  let last: { x: number; y: number } | undefined;
  for (const { place: x, loss } of points) {
    const y = yOf(loss);
    if (Number.isFinite(loss)) grid.line(layer, last?.x ?? x, last?.y ?? y, x, y);
    last = Number.isFinite(loss) ? { x, y } : undefined;
  }
  let marked = Number.POSITIVE_INFINITY;
  for (const { place: x, loss } of points.toReversed()) {
    if (!Number.isFinite(loss) || marked - x < MARKS_APART) continue;
    grid.sign(sign, x, yOf(loss));
    marked = x;
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
