import type { DashboardState } from '../dashboard/state.js';
import { presentView } from './presentView.js';
import type { ViewContext } from './viewContext.js';
import { initialViewState } from './viewState.js';

/** Whether the overview makes way for what came of the run; for as long as nobody looks at an earlier step of it. */
export function showsResult(
  state: DashboardState,
  { viewState = initialViewState, watching, runs }: ViewContext,
): boolean {
  const { end } = state;
  const { full, cursor, result = watching !== true } = viewState;
  const several = (runs?.length ?? 1) > 1;
  return (
    end !== undefined &&
    presentView(state, viewState) === 'overview' &&
    !full &&
    cursor === undefined &&
    result &&
    !several
  );
}
