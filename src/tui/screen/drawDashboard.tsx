import { Dashboard } from '../Dashboard.js';
import type { Size } from '../layout.js';
import type { DashboardState } from '../state.js';
import type { Theme } from '../theme.js';
import type { View } from '../view.js';
import type { Frame } from './frame.js';
import { inkFrame } from './inkFrame.js';

/** The dashboard's frame for a terminal of this size. */
export function drawDashboard(state: DashboardState, { columns, rows }: Size, view: View, theme: Theme): Frame {
  return inkFrame(<Dashboard state={state} size={{ columns, rows }} view={view} />, columns, theme);
}
