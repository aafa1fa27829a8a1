// The views that are lists of rows.
import type { ViewName } from '../interface.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import { logRows } from './log.js';
import { networkRows } from './network.js';
import { stagesRows } from './stages.js';

/** All rows of a view; none where it is no list. */
export function listRows(view: ViewName, state: DashboardState, columns: number): Span[][] {
  if (view === 'network') return networkRows(state, columns);
  if (view === 'stages') return stagesRows(state, columns);
  return view === 'log' ? logRows(state, columns) : [];
}
