// The views that are lists of rows.

import type { DashboardState } from '../../dashboard/state.js';
import type { Span } from '../theme/theme.js';
import type { ViewName } from '../viewState.js';
import { logRows } from './logRows.js';
import { networkRows } from './networkRows.js';
import { stagesRows } from './stageRows.js';

/** All rows of a view; none where it is not a list. */
export function listRows(view: ViewName, state: DashboardState, columns: number): Span[][] {
  if (view === 'network') return networkRows(state, columns);
  if (view === 'stages') return stagesRows(state, columns);
  return view === 'log' ? logRows(state, columns) : [];
}
