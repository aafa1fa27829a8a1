// How far the run is, when it will be done, and whether it is right.
import { drawBar } from '../charts/bar.js';
import { ghostOf } from '../comparison.js';
import { progressOf } from '../figures.js';
import { formatDuration, formatPercent } from '../format.js';
import { standingAt } from '../standing.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import type { View } from '../view.js';
import { firstThatFits } from './fit.js';
import { standingLines } from './standing.js';

const LABEL_COLUMNS = 8;
const PERCENT_COLUMNS = 6;

/** Four rows: two bars, the time, how the run stands beside its comparison. */
export function progressRows(state: DashboardState, view: View, columns: number): Span[][] {
  const { epoch, run, goneMs, leftMs } = progressOf(state);
  const bar = (label: string, share: number | undefined): Span[] => [
    ['label', label.padEnd(LABEL_COLUMNS)],
    ...drawBar(share, columns - LABEL_COLUMNS - PERCENT_COLUMNS),
    ['value', formatPercent(share).padStart(PERCENT_COLUMNS)],
  ];
  const left = leftMs === undefined ? '' : ` · ${formatDuration(leftMs)} left`;
  return [
    bar('epoch', epoch),
    bar('run', run),
    [['label', `${formatDuration(goneMs)} gone${left}`]],
    comparison(state, view, columns),
  ];
}

function comparison(state: DashboardState, view: View, columns: number): Span[] {
  const ghost = ghostOf(state, view);
  return ghost === undefined ? [] : firstThatFits(standingLines(standingAt(state, ghost), ghost.name), columns);
}
