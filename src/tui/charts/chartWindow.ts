// Which steps a chart shows, and what keys and mouse make of it.
import type { InterfaceState } from '../interface.js';
import { columnsOf } from '../lossHistory.js';
import type { DashboardState } from '../state.js';

/** Moves the cursor by so many of the chart's columns; beyond the newest step it follows the newest. */
export function moveCursor(
  state: DashboardState,
  chosen: InterfaceState,
  columns: number,
  by: number,
  _runs: readonly DashboardState[] = [state],
): InterfaceState {
  const last = state.history.lastStep;
  const distance = by * Math.max(1, Math.round(last / Math.max(1, columns)));
  const step = Math.round((chosen.cursor ?? last) + distance);
  return { ...chosen, cursor: step >= last ? undefined : Math.max(1, step) };
}

/** Puts the cursor on the step under a cell of the chart. */
export function cursorAt(
  state: DashboardState,
  chosen: InterfaceState,
  columns: number,
  column: number,
  runs: readonly DashboardState[] = [state],
): InterfaceState {
  return moveCursor(state, { ...chosen, cursor: 1 }, columns, column, runs);
}

/** Shows so many times fewer steps; factors below 1 show more, in the end all. */
export function zoom(
  state: DashboardState,
  chosen: InterfaceState,
  factor: number,
  _runs: readonly DashboardState[] = [state],
): InterfaceState {
  const last = Math.max(1, state.history.lastStep);
  const { from, to } = typeof chosen.window === 'object' ? chosen.window : { from: 1, to: last };
  const wanted = Math.max(10, Math.round((to - from + 1) / factor));
  if (columnsOf(state.history).length === 0 || wanted >= last) return { ...chosen, window: 'all' };
  return { ...chosen, window: { from: last - wanted + 1, to: last } };
}

/** The last steps instead of all; all instead of anything less. */
export function toggleWindow(chosen: InterfaceState): InterfaceState {
  return { ...chosen, window: chosen.window === 'all' ? 'recent' : 'all' };
}
