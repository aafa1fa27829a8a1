import { stepWithLoss } from '../../dashboard/history/readHistory.js';
import { moveCursor, toggleWindow, zoom } from '../charts/loss/chartWindow.js';
import type { InspectAction } from '../keys/inspectKeys.js';
import { filmsTags, presentView } from '../presentView.js';
import type { ViewState } from '../viewState.js';
import { overviewLayout } from '../views/overviewLayout.js';
import { type Action, type ActionContext, updateView } from './action.js';
import { filmEnd, filmStart, selectDigit, stepFilm, togglePlaying } from './filmCursor.js';
import { scrollBy, scrollToEnd, scrollToStart } from './scroll.js';
import { shownView } from './shownView.js';
import { moveTagCursor, nextTagScale, selectTag, withLook } from './tagActions.js';

export const inspectActions: Readonly<Record<InspectAction, Action>> = {
  cursorBack: updateView((chosen, context) => cursorBy(-1, chosen, context)),
  cursorForward: updateView((chosen, context) => cursorBy(1, chosen, context)),
  cursorFirst: updateView((chosen, context) => cursorBy(Number.NEGATIVE_INFINITY, chosen, context)),
  cursorNewest: updateView(filmEnd),
  digitBefore: updateView((chosen, context) => selectPicture(-1, chosen, context)),
  digitAfter: updateView((chosen, context) => selectPicture(1, chosen, context)),
  pin: updateView((chosen, { state }) =>
    filmsTags(state) ? withLook(chosen, { large: !chosen.tags.large }) : { ...chosen, pinned: !chosen.pinned },
  ),
  large: updateView((chosen) => ({ ...shownView(chosen, 'film'), pinned: true })),
  pictures: updateView((chosen) => ({ ...shownView(chosen, 'film'), pinned: false })),
  costs: updateView((chosen) => shownView(chosen, 'network')),
  there: updateView(lastRowInChart),
  film: updateView((chosen, { state }) => togglePlaying(state, chosen)),
  graphics: updateView((chosen) => ({ ...chosen, graphics: !chosen.graphics })),
  scale: updateView((chosen, { state }) =>
    presentView(state, chosen) === 'tags'
      ? nextTagScale(chosen)
      : { ...chosen, scale: chosen.scale === 'log' ? 'linear' : 'log' },
  ),
  steps: updateView((chosen) => ({ ...chosen, steps: chosen.steps === 'log' ? 'linear' : 'log' })),
  window: updateView(toggleWindow),
  zoomIn: updateView((chosen, { state, view }) => zoom(state, chosen, ZOOM, view.runs)),
  zoomOut: updateView((chosen, { state, view }) => zoom(state, chosen, 1 / ZOOM, view.runs)),
  scrollUp: updateView((chosen, context) => scrollBy(-1, chosen, context)),
  scrollDown: updateView((chosen, context) => scrollBy(1, chosen, context)),
  pageUp: updateView((chosen, context) => scrollBy('page up', chosen, context)),
  pageDown: updateView((chosen, context) => scrollBy('page down', chosen, context)),
  top: updateView(scrollToStart),
  bottom: updateView(scrollToEnd),
};

const ZOOM = 2;

/** One of the sample's, or of those under names. */
function selectPicture(by: 1 | -1, chosen: ViewState, context: ActionContext): ViewState {
  return filmsTags(context.state) ? selectTag(by, chosen, context) : selectDigit(context.state, chosen, by);
}

/** From column to column where a chart is shown, otherwise from sample to sample. */
function cursorBy(by: number, chosen: ViewState, { state, size, view }: ActionContext): ViewState {
  if (presentView(state, chosen) === 'tags') return moveTagCursor(by, chosen, { state, size, view });
  const columns = chartColumns(chosen, { state, size, view });
  if (columns !== undefined) return { ...moveCursor(state, chosen, columns, by, view.runs), playing: false };
  return by === Number.NEGATIVE_INFINITY ? filmStart(state, chosen) : stepFilm(state, chosen, by);
}

function chartColumns(chosen: ViewState, { state, size, view }: ActionContext): number | undefined {
  if (chosen.view === 'film') return undefined;
  if (chosen.view === 'chart' || chosen.full) return size.columns;
  return overviewLayout(state, view, size)?.chart?.columns;
}

/** The step of the last row of the log that is seen. */
function lastRowInChart(chosen: ViewState, { state }: ActionContext): ViewState {
  const event = state.log.at(-1 - chosen.scroll);
  const cursor = event === undefined ? undefined : stepWithLoss(state.history, event.step, -1);
  const newest = cursor === undefined || cursor >= state.history.lastStep;
  return { ...shownView(chosen, 'chart'), cursor: newest ? undefined : cursor };
}
