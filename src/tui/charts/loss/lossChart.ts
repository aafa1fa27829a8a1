// The loss over the steps: the exponential mean as a line, minimum and maximum of each column as faint dots (a spike is
// never lost), the losses on the test images as points, what the run is compared with behind them.

import type { Glyphs } from '../../theme/capabilities.js';
import type { Span } from '../../theme/theme.js';
import { endLabels } from './endLabels.js';
import type { LossChart } from './lossChartModel.js';
import { drawLossCurves } from './lossCurves.js';
import { depthsOn, type LossScale, lossTicks } from './lossScale.js';
import { endColumns, LABEL_COLUMNS, plotColumns } from './plotColumns.js';
import { stepAxis } from './stepAxis.js';

export interface ChartSize {
  readonly columns: number;
  readonly rows: number;
}

/** Below these heights every row is needed for the curve. */
const ROWS_WITH_AXIS = 4;
const ROWS_WITH_BOTH_AXES = 12;

/** Exactly `rows` rows of exactly `columns` cells, for any losses. */
export function drawLossChart(chart: LossChart, { columns, rows }: ChartSize, glyphs: Glyphs): Span[][] {
  const [height, width] = [Math.max(0, Math.floor(rows)), plotColumns(columns)];
  if (width < 1) return Array.from({ length: height }, () => [['value', ' '.repeat(Math.max(0, Math.floor(columns)))]]);
  const right = endColumns(columns);
  const axisRows = height >= ROWS_WITH_BOTH_AXES ? 2 : height >= ROWS_WITH_AXIS ? 1 : 0;
  const axis = stepAxis(chart.steps, chart.stepsPerEpoch, width, axisRows);
  const plotRows = height - axis.length;
  const curves = drawLossCurves(chart, width, plotRows, glyphs);
  const labels = lossLabels(curves.scale, plotRows);
  const depthOf = curves.scale === undefined ? () => 0 : depthsOn(curves.scale);
  const ends = endLabels(chart, curves.series, depthOf, right, plotRows, glyphs);
  const corner: Span[] = right === 0 ? [] : [['value', ' '.repeat(right)]];
  return [
    ...curves.rows.map((row, index): Span[] => [...labels[index]!, ...row, ...ends[index]!]),
    ...axis.map((row) => [...row, ...corner]),
  ];
}

/** Rows of the chart for each label. */
const ROWS_A_LABEL = 3;

/** Beside each row of a chart: a loss, or nothing. */
export function lossLabels(scale: LossScale | undefined, rows: number): Span[][] {
  const labels: Span[][] = Array.from({ length: rows }, () => [['label', ' '.repeat(LABEL_COLUMNS)]]);
  if (scale === undefined) return labels;
  const depthOf = depthsOn(scale);
  for (const { value, label } of lossTicks(scale, rows / ROWS_A_LABEL)) {
    labels[Math.round(depthOf(value) * (rows - 1))] = [
      ['label', label.padStart(LABEL_COLUMNS - 2)],
      ['rule', ' ┤'],
    ];
  }
  return labels;
}
