// What a key depends on, apart from the key.

import type { DashboardState } from '../../dashboard/state.js';
import { presentView } from '../presentView.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState, type ViewName } from '../viewState.js';

export const PHASES = ['waiting', 'running', 'paused', 'stopping', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

export interface KeyContext {
  readonly view: ViewName;
  /** `watch`: nothing can be asked of the run. */
  readonly mode: 'live' | 'watch';
  readonly phase: Phase;
  /** More runs than one are shown. */
  readonly several: boolean;
}

export function keyContextOf(state: DashboardState, view: ViewContext): KeyContext {
  return {
    view: presentView(state, view.viewState ?? initialViewState),
    mode: view.watching === true ? 'watch' : 'live',
    phase: phaseOf(state, view),
    several: (view.runs?.length ?? 0) > 1,
  };
}

function phaseOf({ status, end }: DashboardState, { stopping }: ViewContext): Phase {
  if (end !== undefined) return 'ended';
  if (stopping === true || status === 'stopping') return 'stopping';
  return status === 'waiting' || status === 'paused' ? status : 'running';
}
