// The loss in one or two rows.

import { formatLoss, formatSpeed } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import { drawSparkline } from '../charts/sparkline.js';
import type { Glyphs } from '../theme/capabilities.js';
import { type Span, widthOf } from '../theme/theme.js';
import { firstThatFits, fitPieces, type Piece } from './fitWords.js';
import { printedValue, valuesOf } from './lastValues.js';

const LOSS_COLUMNS = 8;

/** The last values in one row, under a chart. */
export function valuesRow(state: DashboardState, columns: number): Span[] {
  const pieces = valuesOf(state, 3).map(
    ({ label, value }, rank): Piece => ({ span: ['value', `${label} ${value}`], rank }),
  );
  return [['value', ' '], ...fitPieces(pieces, columns - 2)];
}

/** The last loss and a sparkline; then what the notebook prints; then the speed. */
export function stripRows(state: DashboardState, columns: number, rows: number, glyphs: Glyphs): Span[][] {
  const head: Span[] = [
    ['label', ' loss '],
    ['value', `${formatLoss(state.loss).padEnd(LOSS_COLUMNS)} `],
  ];
  const sparkline = drawSparkline(state.history, columns - widthOf(head) - 1, glyphs);
  const speed: Span[] = [
    ['label', ' images/s '],
    ['value', formatSpeed(state.imagesPerSecond)],
  ];
  return [[...head, ['accent', sparkline] as const], printed(state, columns), speed].slice(0, rows);
}

function printed(state: DashboardState, columns: number): Span[] {
  const { label, value, note } = printedValue(state);
  const ours: Span[] = [
    ['label', ` ${label} `],
    ['value', value],
  ];
  const lines: Span[][] = note === undefined ? [ours] : [[...ours, ['value', '  '], note], ours];
  return firstThatFits(lines, columns);
}
