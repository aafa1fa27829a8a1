import type { DashboardState } from '../dashboard/state.js';
import { Dashboard } from './Dashboard.js';
import { type InkFrame, inkFrame } from './panels/inkFrame.js';
import type { Frame } from './screen/frame.js';
import type { Size } from './screen/size.js';
import type { Theme } from './theme/theme.js';
import type { ViewContext } from './viewContext.js';

/** The dashboard's frame for a terminal of this size. */
export function drawDashboard(state: DashboardState, size: Size, view: ViewContext, theme: Theme): Frame {
  return layOutDashboard(state, size, view, theme).frame;
}

/** With it, where the mouse hits what. */
export function layOutDashboard(
  state: DashboardState,
  { columns, rows }: Size,
  view: ViewContext,
  theme: Theme,
): InkFrame {
  return inkFrame(<Dashboard state={state} size={{ columns, rows }} view={view} />, columns, theme);
}
