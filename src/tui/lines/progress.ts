// How far the run is, when it will be done, and whether it is right.
import { drawBar } from '../charts/bar.js';
import { ghostOf } from '../comparison.js';
import { progressOf } from '../figures.js';
import { formatDuration, formatPercent } from '../format.js';
import { recentPhases } from '../stageShares.js';
import { standingAt } from '../standing.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import type { View } from '../view.js';
import { firstThatFits } from './fit.js';
import { bestOf } from './outcome.js';
import { phasesLine } from './phases.js';
import { standingLines } from './standing.js';

const LABEL_COLUMNS = 8;
const PERCENT_COLUMNS = 6;

/** How far it is, how long it takes, how the run stands beside its comparison, and where the time goes; after the end, what was best. */
export function progressRows(state: DashboardState, view: View, columns: number): Span[][] {
  const { epoch, run, goneMs, leftMs } = progressOf(state);
  const bar = (label: string, share: number | undefined): Span[] => [
    ['label', label.padEnd(LABEL_COLUMNS)],
    ...drawBar(share, columns - LABEL_COLUMNS - PERCENT_COLUMNS),
    ['value', formatPercent(share).padStart(PERCENT_COLUMNS)],
  ];
  const left = leftMs === undefined ? '' : ` · ${formatDuration(leftMs)} left`;
  if (state.end !== undefined)
    return [
      bar('run', run),
      best(state),
      [['label', `took ${formatDuration(goneMs)}`]],
      comparison(state, view, columns),
    ];
  return [
    bar('epoch', epoch),
    bar('run', run),
    [['label', `${formatDuration(goneMs)} gone${left}`]],
    comparison(state, view, columns),
    phases(state, columns),
  ];
}

function comparison(state: DashboardState, view: View, columns: number): Span[] {
  const ghost = ghostOf(state, view);
  return ghost === undefined ? [] : firstThatFits(standingLines(standingAt(state, ghost), ghost.name), columns);
}

function phases({ stats }: DashboardState, columns: number): Span[] {
  const recent = recentPhases(stats);
  return recent === undefined ? [] : phasesLine(recent, columns);
}

function best(state: DashboardState): Span[] {
  const epoch = bestOf(state);
  return epoch === undefined
    ? []
    : [
        ['label', 'best    '],
        ['value', epoch],
      ];
}
