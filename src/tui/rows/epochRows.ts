// The table of the last epochs, the notebook's row beside ours.
import { formatLoss, formatPrinted } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import { EPOCH_COLUMNS, EPOCH_LABEL_COLUMNS } from '../layout/layout.js';
import type { Tone } from '../theme/palette.js';
import type { Span } from '../theme/theme.js';
import { printedLabel } from './lastValues.js';

/** One row for the numbers of the epochs, one each for what is known of them. */
export function epochRows(state: DashboardState, count: number): Span[][] {
  const shown = count > 0 ? state.epochs.slice(-count) : [];
  const row = (label: string, tone: Tone, cells: string[]): Span[] => [
    ['label', ` ${label}`.padEnd(EPOCH_LABEL_COLUMNS)],
    [tone, cells.map((cell) => cell.padEnd(7).padStart(EPOCH_COLUMNS)).join('')],
  ];
  const rows = [
    row(
      'epoch',
      'label',
      shown.map(({ epoch }) => `${' '.repeat(Math.max(0, 6 - String(epoch).length))}${epoch}`),
    ),
    row(
      printedLabel(state),
      'value',
      shown.map(({ printedLoss }) => formatPrinted(printedLoss)),
    ),
  ];
  if (shown.some(({ notebookLoss }) => notebookLoss !== undefined))
    rows.push(
      row(
        'notebook',
        'baseline',
        shown.map(({ notebookLoss }) => formatPrinted(notebookLoss)),
      ),
    );
  if (shown.some(({ testLoss }) => testLoss !== undefined))
    rows.push(
      row(
        'test',
        'value',
        shown.map(({ testLoss }) => formatLoss(testLoss)),
      ),
    );
  return rows;
}
