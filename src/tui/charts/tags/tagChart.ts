// A figure over the steps: the smoothed values as a line, minimum and maximum of each column as faint dots, one line a run.
import { placeOf, type StepRange } from '../../../dashboard/history/stepRange.js';
import { type TagPlace, tagPlaces } from '../../../dashboard/tags/readTagHistory.js';
import type { TagHistory } from '../../../dashboard/tags/tagHistory.js';
import type { Size } from '../../screen/size.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Tone } from '../../theme/palette.js';
import type { Span } from '../../theme/theme.js';
import { type BrailleCanvas, brailleCanvas } from '../brailleCanvas.js';
import { depthsOn, type LossScale, lossScale, lossTicks, type ScaleKind } from '../loss/lossScale.js';
import { GAP_SIGN } from '../loss/marks.js';
import { LABEL_COLUMNS } from '../loss/plotColumns.js';
import { stepAxis } from '../loss/stepAxis.js';

export interface TagChart {
  /** The chosen run first. */
  readonly curves: readonly TagCurve[];
  readonly steps: StepRange;
  readonly scale: ScaleKind | 'fitting';
  readonly cursor: number | undefined;
  readonly smoothing: number;
}

export interface TagCurve {
  readonly history: TagHistory;
  readonly tone: Tone;
  readonly ascii: string;
}

/** Narrower, labels would take too much of the curve. */
const COLUMNS_WITH_LABELS = 34;
const ROWS_WITH_LABELS = 3;
const ROWS_WITH_AXIS = 7;
const ROWS_A_LABEL = 3;

/** Exactly `rows` rows of exactly `columns` cells. */
export function drawTagChart(chart: TagChart, { columns, rows }: Size, glyphs: Glyphs): Span[][] {
  const labelled = columns >= COLUMNS_WITH_LABELS && rows >= ROWS_WITH_LABELS;
  const width = labelled ? columns - LABEL_COLUMNS : columns;
  const axis = labelled && rows >= ROWS_WITH_AXIS ? stepAxis(chart.steps, undefined, width, 1) : [];
  const height = rows - axis.length;
  const { rows: curves, scale } = drawCurves(chart, width, height, glyphs);
  const labels = labelled ? scaleLabels(scale, height) : curves.map((): Span[] => []);
  return [...curves.map((row, place) => [...labels[place]!, ...row]), ...axis];
}

function drawCurves({ curves, steps, cursor, ...chart }: TagChart, columns: number, rows: number, glyphs: Glyphs) {
  const layers = [
    ...curves.map(({ tone, ascii }) => ({ tone, ascii })),
    { tone: 'value', ascii: '|' } as const,
    { tone: 'faint', ascii: '.' } as const,
  ];
  const grid = brailleCanvas(columns, rows, layers, glyphs);
  const series = curves.map(({ history }) => tagPlaces(history, steps, grid.width, chart.smoothing));
  const scale = scaleOf(series, chart.scale);
  const depthOf = scale === undefined ? () => 0 : depthsOn(scale);
  const yOf = (value: number): number => Math.round(depthOf(value) * (grid.height - 1));
  for (const [layer, places] of series.entries()) {
    drawLine(grid, layer, places, yOf);
    for (const [x, place] of places.entries()) if (place?.gap === true) grid.sign(GAP_SIGN, x, grid.height - 1);
  }
  if (series.length === 1)
    for (const [x, place] of series[0]!.entries()) {
      if (place?.finite !== true) continue;
      grid.dot(curves.length + 1, x, yOf(place.min));
      grid.dot(curves.length + 1, x, yOf(place.max));
    }
  if (cursor !== undefined && cursor >= steps.from && cursor <= steps.to) {
    const x = placeOf(cursor, steps, columns) * (grid.width / columns);
    grid.line(curves.length, x, 0, x, grid.height - 1);
  }
  return { rows: grid.rows(), scale };
}

/** The highest value is so many times the lowest one: on an even scale, what comes late would lie on the ground. */
const FAR_APART = 30;

/** A logarithm of figures that are not above 0 would leave them out: then the scale is linear. */
function scaleOf(
  series: readonly (readonly (TagPlace | undefined)[])[],
  kind: TagChart['scale'],
): LossScale | undefined {
  const values: number[] = [];
  for (const places of series)
    for (const place of places) if (place?.finite === true) values.push(place.min, place.max, place.mean);
  const isPositive = values.every((value) => value > 0);
  const isFar = (): boolean => Math.max(...values) >= FAR_APART * Math.min(...values);
  const isLog = isPositive && (kind === 'log' || (kind === 'fitting' && isFar()));
  return lossScale(values, isLog ? 'log' : 'linear');
}

function drawLine(
  grid: BrailleCanvas,
  layer: number,
  places: readonly (TagPlace | undefined)[],
  yOf: (value: number) => number,
): void {
  let last: { x: number; y: number } | undefined;
  for (const [x, place] of places.entries()) {
    if (place === undefined) continue;
    if (!place.finite) {
      last = undefined;
      continue;
    }
    const y = yOf(place.mean);
    grid.line(layer, last?.x ?? x, last?.y ?? y, x, y);
    last = { x, y };
  }
}

function scaleLabels(scale: LossScale | undefined, rows: number): Span[][] {
  const labels: Span[][] = Array.from({ length: rows }, () => [['label', ' '.repeat(LABEL_COLUMNS)]]);
  if (scale === undefined) return labels;
  const depthOf = depthsOn(scale);
  for (const { value, label } of lossTicks(scale, rows / ROWS_A_LABEL))
    labels[Math.round(depthOf(value) * (rows - 1))] = [
      ['label', label.padStart(LABEL_COLUMNS - 2)],
      ['rule', ' ┤'],
    ];
  return labels;
}
