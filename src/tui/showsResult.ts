import type { DashboardState } from '../dashboard/state.js';
import type { ViewContext } from './viewContext.js';
import { initialViewState } from './viewState.js';

/** Whether the overview makes way for what came of the run; for as long as nobody looks at an earlier step of it. */
export function showsResult(
  { end }: DashboardState,
  { viewState = initialViewState, watching, runs }: ViewContext,
): boolean {
  const { view, full, cursor, result = watching !== true } = viewState;
  const several = (runs?.length ?? 1) > 1;
  return end !== undefined && view === 'overview' && !full && cursor === undefined && result && !several;
}
