import type { Size } from '../layout.js';
import type { DashboardState } from '../state.js';
import type { View } from '../view.js';

/** What every view is a function of. */
export interface ViewProps {
  readonly state: DashboardState;
  /** The terminal; one row of it stays free. */
  readonly size: Size;
  readonly view: View;
}
