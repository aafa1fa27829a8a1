import type { ViewAction } from '../keys/viewKeys.js';
import { showsResult } from '../showsResult.js';
import { isCovered, VIEWS, type ViewName, type ViewState } from '../viewState.js';
import { type Action, type ActionContext, request, updateView } from './action.js';
import { shownView } from './shownView.js';

export const viewActions: Readonly<Record<ViewAction, Action>> = {
  view: updateView((chosen, _, key) => shownView(chosen, VIEWS[Number(key) - 1] ?? chosen.view)),
  nextView: updateView((chosen) => shownView(chosen, neighbour(chosen.view, 1))),
  previousView: updateView((chosen) => shownView(chosen, neighbour(chosen.view, -1))),
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

function neighbour(view: ViewName, by: number): ViewName {
  return VIEWS[(VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length]!;
}

/** One layer at a time, from the top. */
function steppedOut(chosen: ViewState, { state, view }: ActionContext): ViewState {
  if (isCovered(chosen)) return { ...chosen, help: false, alerts: false, scroll: 0 };
  if (chosen.full) return { ...chosen, full: false };
  if (chosen.pinned) return { ...chosen, pinned: false };
  if (chosen.cursor !== undefined || chosen.playing) return { ...chosen, cursor: undefined, playing: false };
  if (showsResult(state, { ...view, viewState: chosen })) return { ...chosen, result: false };
  return shownView(chosen, 'overview');
}
