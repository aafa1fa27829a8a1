import type { ViewAction } from '../keys/viewKeys.js';
import { type InterfaceState, VIEWS, type ViewName } from '../viewState.js';
import { type Act, ask, look } from './action.js';

export const viewActions: Readonly<Record<ViewAction, Act>> = {
  view: look((chosen, _, key) => shown(chosen, VIEWS[Number(key) - 1] ?? chosen.view)),
  nextView: look((chosen) => shown(chosen, neighbour(chosen.view, 1))),
  previousView: look((chosen) => shown(chosen, neighbour(chosen.view, -1))),
  help: look((chosen) => ({ ...chosen, help: !chosen.help, scroll: 0 })),
  out: look(steppedOut),
  full: look((chosen) => ({ ...chosen, full: !chosen.full })),
  mouse: look((chosen) => ({ ...chosen, mouse: !chosen.mouse })),
  nextRun: look((chosen, { view }) => ({ ...chosen, run: (chosen.run + 1) % Math.max(1, view.runs?.length ?? 1) })),
  suspend: ask(() => [{ type: 'suspend' }]),
};

function shown(chosen: InterfaceState, view: ViewName): InterfaceState {
  return view === chosen.view ? chosen : { ...chosen, view, full: false, scroll: 0 };
}

function neighbour(view: ViewName, by: number): ViewName {
  return VIEWS[(VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length]!;
}

/** One layer at a time, from the top. */
function steppedOut(chosen: InterfaceState): InterfaceState {
  if (chosen.help) return { ...chosen, help: false, scroll: 0 };
  if (chosen.full) return { ...chosen, full: false };
  if (chosen.pinned) return { ...chosen, pinned: false };
  if (chosen.cursor !== undefined || chosen.playing) return { ...chosen, cursor: undefined, playing: false };
  return shown(chosen, 'overview');
}
