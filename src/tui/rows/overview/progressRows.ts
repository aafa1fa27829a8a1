// How far the run is, when it will be done, and whether it is right.

import { baselineOf } from '../../../dashboard/comparison.js';
import { formatDuration, formatPercent } from '../../../dashboard/format.js';
import { leadAt } from '../../../dashboard/lead.js';
import { recentPhases } from '../../../dashboard/performance/stageShares.js';
import { progressOf } from '../../../dashboard/progress.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { drawBar } from '../../charts/bar.js';
import type { Span } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { firstThatFits } from '../fitWords.js';
import { phasesLine } from '../phaseRows.js';
import { bestOf } from '../result/runOutcome.js';
import { leadWords } from './leadWords.js';

const LABEL_COLUMNS = 8;
const PERCENT_COLUMNS = 6;

/** How far it is, how long it takes, how the run stands beside its comparison, and where the time goes; after the end, what was best. */
export function progressRows(state: DashboardState, view: ViewContext, columns: number): Span[][] {
  const { epoch, run, elapsedMs, leftMs } = progressOf(state);
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
      [['label', `took ${formatDuration(elapsedMs)}`]],
      comparison(state, view, columns),
    ];
  return [
    bar('epoch', epoch),
    bar('run', run),
    [['label', `${formatDuration(elapsedMs)} elapsed${left}`]],
    comparison(state, view, columns),
    phases(state, columns),
  ];
}

function comparison(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const baseline = baselineOf(state, view);
  return baseline === undefined ? [] : firstThatFits(leadWords(leadAt(state, baseline), baseline.name), columns);
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
