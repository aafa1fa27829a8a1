// The errors of a stream over its images: their mean as a line, the least and the greatest of each place as faint dots, the threshold as a
// dashed line, and a sign where one is above it.
import type { LossHistory } from '../../dashboard/history/lossHistory.js';
import { placed } from '../../dashboard/history/readHistory.js';
import type { StepRange } from '../../dashboard/history/stepRange.js';
import type { Size } from '../screen/size.js';
import type { Glyphs } from '../theme/capabilities.js';
import type { Span } from '../theme/theme.js';
import { brailleCanvas, type CanvasLayer } from './brailleCanvas.js';
import { lossLabels } from './loss/lossChart.js';
import { depthsOn, lossScale } from './loss/lossScale.js';
import { LABEL_COLUMNS } from './loss/plotColumns.js';
import { countAxis } from './loss/stepAxis.js';

export interface ErrorChart {
  readonly errors: LossHistory;
  readonly threshold: number;
  /** Which images, counted from 1. */
  readonly images: StepRange;
}

const LAYERS: readonly CanvasLayer[] = [
  { tone: 'accent', ascii: '*' },
  { tone: 'warning', ascii: '-' },
  { tone: 'faint', ascii: '.' },
];
const [MEAN, THRESHOLD, RANGE] = [0, 1, 2];
/** In ASCII a dot would be what the mean is drawn with. */
const anomalySign = (glyphs: Glyphs): Span => ['bad', glyphs === 'ascii' ? '!' : '●'];
/** Below, every row is needed for the errors. */
const ROWS_WITH_AXIS = 4;

/** Exactly `rows` rows of exactly `columns` cells. */
export function drawErrorChart({ errors, threshold, images }: ErrorChart, size: Size, glyphs: Glyphs): Span[][] {
  const columns = size.columns - LABEL_COLUMNS;
  if (columns < 1) return Array.from({ length: size.rows }, () => [['value', ' '.repeat(size.columns)]]);
  const hasAxis = size.rows >= ROWS_WITH_AXIS;
  const rows = size.rows - Number(hasAxis);
  const grid = brailleCanvas(columns, rows, LAYERS, glyphs);
  const places = placed(errors, images, grid.width);
  const seen = places.filter((place) => place?.finite === true);
  const scale = lossScale([threshold, ...seen.flatMap((place) => [place!.min, place!.max])], 'log');
  const depthOf = scale === undefined ? () => 0 : depthsOn(scale);
  const anomaly = anomalySign(glyphs);
  const yOf = (error: number): number => Math.round(depthOf(error) * (grid.height - 1));

  let last: { readonly x: number; readonly y: number } | undefined;
  for (const [x, place] of places.entries()) {
    if (place === undefined) continue;
    // What is no number is an anomaly at the top.
    if (place.gap) grid.sign(anomaly, x, 0);
    if (!place.finite) continue;
    if (place.max > threshold) grid.sign(anomaly, x, yOf(place.max));
    const y = yOf(place.mean);
    grid.line(MEAN, last?.x ?? x, last?.y ?? y, x, y);
    last = { x, y };
    for (const error of [place.min, place.max]) grid.dot(RANGE, x, yOf(error));
  }
  const dash = (2 * grid.width) / columns;
  for (let x = 0; x < grid.width; x++) if (Math.floor(x / dash) % 2 === 0) grid.dot(THRESHOLD, x, yOf(threshold));

  const labels = lossLabels(scale, rows);
  const axis = hasAxis ? [countAxis(images, 'images', columns)] : [];
  return [...grid.rows().map((row, index): Span[] => [...labels[index]!, ...row]), ...axis];
}
