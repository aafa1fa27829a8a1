import { moveCursor, toggleWindow, zoom } from '../charts/chartWindow.js';
import type { LookAction } from '../keys/inspectKeys.js';
import type { InterfaceState } from '../viewState.js';
import { overviewLayout } from '../views/overviewLayout.js';
import { type Act, look, type Scene } from './action.js';
import { filmEnd, filmStart, selectDigit, stepFilm, togglePlaying } from './filmCursor.js';
import { scrollBy, scrollToEnd, scrollToStart } from './scroll.js';

export const lookActions: Readonly<Record<LookAction, Act>> = {
  cursorBack: look((chosen, scene) => cursorBy(-1, chosen, scene)),
  cursorForward: look((chosen, scene) => cursorBy(1, chosen, scene)),
  cursorFirst: look((chosen, scene) => cursorBy(Number.NEGATIVE_INFINITY, chosen, scene)),
  cursorNewest: look(filmEnd),
  digitBefore: look((chosen, { state }) => selectDigit(state, chosen, -1)),
  digitAfter: look((chosen, { state }) => selectDigit(state, chosen, 1)),
  pin: look((chosen) => ({ ...chosen, pinned: !chosen.pinned })),
  film: look((chosen, { state }) => togglePlaying(state, chosen)),
  graphics: look((chosen) => ({ ...chosen, graphics: !chosen.graphics })),
  scale: look((chosen) => ({ ...chosen, scale: chosen.scale === 'log' ? 'linear' : 'log' })),
  window: look(toggleWindow),
  zoomIn: look((chosen, { state, view }) => zoom(state, chosen, ZOOM, view.runs)),
  zoomOut: look((chosen, { state, view }) => zoom(state, chosen, 1 / ZOOM, view.runs)),
  scrollUp: look((chosen, scene) => scrollBy(-1, chosen, scene)),
  scrollDown: look((chosen, scene) => scrollBy(1, chosen, scene)),
  pageUp: look((chosen, scene) => scrollBy('page up', chosen, scene)),
  pageDown: look((chosen, scene) => scrollBy('page down', chosen, scene)),
  top: look(scrollToStart),
  bottom: look(scrollToEnd),
};

const ZOOM = 2;

/** From column to column where a chart is shown, otherwise from sample to sample. */
function cursorBy(by: number, chosen: InterfaceState, { state, size, view }: Scene): InterfaceState {
  const columns = chartColumns(chosen, { state, size, view });
  if (columns !== undefined) return { ...moveCursor(state, chosen, columns, by, view.runs), playing: false };
  return by === Number.NEGATIVE_INFINITY ? filmStart(state, chosen) : stepFilm(state, chosen, by);
}

function chartColumns(chosen: InterfaceState, { state, size, view }: Scene): number | undefined {
  if (chosen.view === 'film') return undefined;
  if (chosen.view === 'chart' || chosen.full) return size.columns;
  return overviewLayout(state, view, size)?.chart?.columns;
}
