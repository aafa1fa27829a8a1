import type { DashboardState } from '../../dashboard/state.js';
import type { ViewAction } from '../keys/viewKeys.js';
import { filmsTags, presentView, viewsOf } from '../presentView.js';
import { showsResult } from '../showsResult.js';
import { isCovered, VIEWS, type ViewName, type ViewState } from '../viewState.js';
import { type Action, type ActionContext, request, updateView } from './action.js';
import { shownView } from './shownView.js';
import { withLook } from './tagActions.js';

export const viewActions: Readonly<Record<ViewAction, Action>> = {
  view: updateView((chosen, _, key) => shownView(chosen, VIEWS[Number(key) - 1] ?? chosen.view)),
  nextView: updateView((chosen, { state }) => shownView(chosen, neighbour(1, chosen, state))),
  previousView: updateView((chosen, { state }) => shownView(chosen, neighbour(-1, chosen, state))),
  help: updateView((chosen) => ({ ...chosen, help: !chosen.help, alerts: false, scroll: 0 })),
  alerts: updateView((chosen) => ({ ...chosen, help: false, alerts: chosen.alerts !== true, scroll: 0 })),
  result: updateView((chosen, { state, view }) => {
    const shows = showsResult(state, { ...view, viewState: chosen });
    return {
      ...shownView(chosen, 'overview'),
      full: false,
      help: false,
      alerts: false,
      cursor: undefined,
      playing: false,
      result: !shows,
    };
  }),
  out: updateView(steppedOut),
  full: updateView((chosen) => ({ ...chosen, full: !chosen.full })),
  mouse: updateView((chosen) => ({ ...chosen, mouse: !chosen.mouse })),
  nextRun: updateView((chosen, { view }) => ({
    ...chosen,
    run: (chosen.run + 1) % Math.max(1, view.runs?.length ?? 1),
  })),
  suspend: request(() => [{ type: 'suspend' }]),
  repaint: request(() => [{ type: 'repaint' }]),
};

function neighbour(by: number, chosen: ViewState, state: DashboardState): ViewName {
  const views = viewsOf(state);
  const place = views.indexOf(presentView(state, chosen));
  return views[(Math.max(0, place) + by + views.length) % views.length]!;
}

function tagsShow(state: DashboardState, chosen: ViewState): boolean {
  return presentView(state, chosen) === 'tags' || (chosen.view === 'film' && filmsTags(state));
}

/** One layer at a time, from the top. */
function steppedOut(chosen: ViewState, { state, view }: ActionContext): ViewState {
  if (isCovered(chosen)) return { ...chosen, help: false, alerts: false, scroll: 0 };
  if (chosen.full) return { ...chosen, full: false };
  if (tagsShow(state, chosen) && chosen.tags.large) return withLook(chosen, { large: false });
  if (tagsShow(state, chosen) && chosen.tags.filter !== '') return withLook(chosen, { filter: '' });
  if (chosen.pinned) return { ...chosen, pinned: false };
  if (chosen.cursor !== undefined || chosen.playing) return { ...chosen, cursor: undefined, playing: false };
  if (showsResult(state, { ...view, viewState: chosen })) return { ...chosen, result: false };
  return shownView(chosen, 'overview');
}
