import type { DashboardState } from '../../dashboard/state.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';

/** What every view is a function of. */
export interface ViewProps {
  readonly state: DashboardState;
  /** The terminal; one row of it stays free. */
  readonly size: Size;
  readonly view: ViewContext;
}
