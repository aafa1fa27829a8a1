// How far a list can be moved.

import { helpRows } from '../rows/helpRows.js';
import { listRows } from '../rows/listRows.js';
import { lastScroll, seenAtOnce } from '../rows/visibleRows.js';
import type { ViewState } from '../viewState.js';
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

function fromEnd({ view, help }: ViewState): boolean {
  return view === 'log' && !help;
}

function extentOf(chosen: ViewState, { state, size, view }: ActionContext): { rows: number; last: number } {
  const now = { ...view, viewState: chosen };
  const room = roomOf(state, size, now);
  const all = chosen.help ? helpRows(state, now, room.columns) : listRows(chosen.view, state, room.columns);
  return { rows: seenAtOnce(room), last: lastScroll(all.length, room) };
}
