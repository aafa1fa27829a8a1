// How far a list can be moved.

import type { DashboardState } from '../../dashboard/state.js';
import { alertRows } from '../rows/alertRows.js';
import { helpRows } from '../rows/helpRows.js';
import { listRows } from '../rows/listRows.js';
import { lastScroll, seenAtOnce } from '../rows/visibleRows.js';
import type { Span } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { isCovered, type ViewState } from '../viewState.js';
import { roomOf } from '../views/contentArea.js';
import type { ActionContext } from './action.js';

/** Down by so many rows. The log begins at its end: there, up is further. */
export function scrollBy(by: number | 'page up' | 'page down', chosen: ViewState, context: ActionContext): ViewState {
  const { rows, last } = extentOf(chosen, context);
  const page = Math.max(1, rows - 1);
  const distance = by === 'page up' ? -page : by === 'page down' ? page : by;
  const scroll = chosen.scroll + (fromEnd(chosen) ? -distance : distance);
  return { ...chosen, scroll: Math.min(last, Math.max(0, scroll)) };
}

export function scrollToStart(chosen: ViewState, context: ActionContext): ViewState {
  return { ...chosen, scroll: fromEnd(chosen) ? extentOf(chosen, context).last : 0 };
}

export function scrollToEnd(chosen: ViewState, context: ActionContext): ViewState {
  return { ...chosen, scroll: fromEnd(chosen) ? 0 : extentOf(chosen, context).last };
}

function fromEnd(chosen: ViewState): boolean {
  return chosen.view === 'log' && !isCovered(chosen);
}

function rowsOf(
  { help, alerts, view: name }: ViewState,
  state: DashboardState,
  view: ViewContext,
  columns: number,
): Span[][] {
  if (help) return helpRows(state, view, columns);
  return alerts === true ? alertRows(state, view, columns) : listRows(name, state, columns);
}

function extentOf(chosen: ViewState, { state, size, view }: ActionContext): { rows: number; last: number } {
  const now = { ...view, viewState: chosen };
  const room = roomOf(size, now);
  return { rows: seenAtOnce(room), last: lastScroll(rowsOf(chosen, state, now, room.columns).length, room) };
}
