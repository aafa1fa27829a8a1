// The loss in one or two rows.
import type { Glyphs } from '../capabilities.js';
import { drawSparkline } from '../charts/sparkline.js';
import { formatLoss } from '../format.js';
import type { DashboardState } from '../state.js';
import { type Span, widthOf } from '../theme.js';
import { firstThatFits } from './fit.js';
import { valuesOf } from './values.js';

const LOSS_COLUMNS = 8;

/** The last loss and a sparkline; in a second row what the notebook prints. */
export function stripRows(state: DashboardState, columns: number, rows: number, glyphs: Glyphs): Span[][] {
  const head: Span[] = [
    ['label', ' loss '],
    ['value', `${formatLoss(state.loss).padEnd(LOSS_COLUMNS)} `],
  ];
  const sparkline = drawSparkline(state.history, columns - widthOf(head) - 1, glyphs);
  return [[...head, ['accent', sparkline] as const], secondRow(state, columns)].slice(0, rows);
}

function secondRow(state: DashboardState, columns: number): Span[] {
  const printed = valuesOf(state, 2, false)[1];
  const ours: Span[] = [
    ['label', ` ${printed?.label} `],
    ['value', printed?.value ?? ''],
  ];
  const lines = printed?.note === undefined ? [ours] : [[...ours, ['value', '  '] as const, printed.note], ours];
  return firstThatFits(lines, columns);
}
