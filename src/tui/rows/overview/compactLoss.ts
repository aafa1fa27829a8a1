// The loss in one or two rows.

import { formatLoss, formatSpeed } from '../../../dashboard/format.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { drawSparkline } from '../../charts/sparkline.js';
import type { Glyphs } from '../../theme/capabilities.js';
import { type Span, widthOf } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { fitPieces, type Piece } from '../fitWords.js';
import { epochLosses, valuesOf } from './lastValues.js';

const LOSS_COLUMNS = 8;

/** The last values in one row, under a chart. */
export function valuesRow(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const pieces = valuesOf(state, view).map(
    ({ label, value }, rank): Piece => ({ span: ['value', `${label} ${value}`], rank }),
  );
  return [['value', ' '], ...fitPieces(pieces, columns - 2)];
}

/** The last loss and a sparkline; then the last epoch; then the speed. */
export function stripRows(
  state: DashboardState,
  view: ViewContext,
  columns: number,
  rows: number,
  glyphs: Glyphs,
): Span[][] {
  const head: Span[] = [
    ['label', ' loss '],
    ['value', `${formatLoss(state.loss).padEnd(LOSS_COLUMNS)} `],
  ];
  const sparkline = drawSparkline(state.history, columns - widthOf(head) - 1, glyphs);
  const speed: Span[] = [
    ['label', ' images/s '],
    ['value', formatSpeed(state.imagesPerSecond)],
  ];
  return [[...head, ['accent', sparkline] as const], lastEpoch(state, view, columns), speed].slice(0, rows);
}

function lastEpoch(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const { train, test, reference } = epochLosses(state, view);
  const pieces = [train, test, ...(reference === undefined ? [] : [reference])].map(
    ({ label, value }, rank): Piece => ({ span: ['value', `${label} ${value}`], rank, separator: ['value', '  '] }),
  );
  return [['value', ' '], ...fitPieces(pieces, columns - 1)];
}
