// How far the run is, when it will be done, and whether it is right.
import { drawBar } from '../charts/bar.js';
import { aboveNotebook, progressOf } from '../figures.js';
import { formatDuration, formatPercent } from '../format.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';

const LABEL_COLUMNS = 8;
const PERCENT_COLUMNS = 6;

/** Four rows: two bars, the time, the notebook. */
export function progressRows(state: DashboardState, columns: number): Span[][] {
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
    comparison(state),
  ];
}

function comparison(state: DashboardState): Span[] {
  const above = aboveNotebook(state);
  if (above === undefined || !Number.isFinite(above)) return [];
  const share = `${(Math.abs(above) * 100).toFixed(1)} %`;
  return above <= 0 ? [['good', `✓ ${share} below the notebook`]] : [['label', `${share} above the notebook`]];
}
