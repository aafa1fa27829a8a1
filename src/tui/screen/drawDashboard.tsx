import { Dashboard } from '../Dashboard.js';
import type { Size } from '../layout.js';
import type { DashboardState } from '../state.js';
import type { Theme } from '../theme.js';
import type { View } from '../view.js';
import type { Frame } from './frame.js';
import { type InkFrame, inkFrame } from './inkFrame.js';

/** The dashboard's frame for a terminal of this size. */
export function drawDashboard(state: DashboardState, size: Size, view: View, theme: Theme): Frame {
  return layOutDashboard(state, size, view, theme).frame;
}

/** With it, where the mouse hits what. */
export function layOutDashboard(state: DashboardState, { columns, rows }: Size, view: View, theme: Theme): InkFrame {
  return inkFrame(<Dashboard state={state} size={{ columns, rows }} view={view} />, columns, theme);
}
