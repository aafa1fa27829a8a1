import type { ViewName, ViewState } from '../viewState.js';

/** Another view, from its beginning. */
export function shownView(chosen: ViewState, view: ViewName): ViewState {
  return view === chosen.view
    ? chosen
    : { ...chosen, view, full: false, scroll: 0, tags: { ...chosen.tags, typing: false } };
}
