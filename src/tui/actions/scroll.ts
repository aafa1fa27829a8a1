// How far a list can be moved.

import { helpRows } from '../rows/helpRows.js';
import { listRows } from '../rows/listRows.js';
import { lastScroll, seenAtOnce } from '../rows/visibleRows.js';
import type { InterfaceState } from '../viewState.js';
import { roomOf } from '../views/contentArea.js';
import type { Scene } from './action.js';

/** Down by so many rows. The log begins at its end: there, up is further. */
export function scrollBy(by: number | 'page up' | 'page down', chosen: InterfaceState, scene: Scene): InterfaceState {
  const { rows, last } = extentOf(chosen, scene);
  const page = Math.max(1, rows - 1);
  const distance = by === 'page up' ? -page : by === 'page down' ? page : by;
  const scroll = chosen.scroll + (fromEnd(chosen) ? -distance : distance);
  return { ...chosen, scroll: Math.min(last, Math.max(0, scroll)) };
}

export function scrollToStart(chosen: InterfaceState, scene: Scene): InterfaceState {
  return { ...chosen, scroll: fromEnd(chosen) ? extentOf(chosen, scene).last : 0 };
}

export function scrollToEnd(chosen: InterfaceState, scene: Scene): InterfaceState {
  return { ...chosen, scroll: fromEnd(chosen) ? 0 : extentOf(chosen, scene).last };
}

function fromEnd({ view, help }: InterfaceState): boolean {
  return view === 'log' && !help;
}

function extentOf(chosen: InterfaceState, { state, size, view }: Scene): { rows: number; last: number } {
  const now = { ...view, interface: chosen };
  const room = roomOf(state, size, now);
  const all = chosen.help ? helpRows(state, now, room.columns) : listRows(chosen.view, state, room.columns);
  return { rows: seenAtOnce(room), last: lastScroll(all.length, room) };
}
