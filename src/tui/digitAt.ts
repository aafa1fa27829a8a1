import type { Size } from './layout.js';
import type { DashboardState } from './state.js';
import type { View } from './view.js';

/**
 * Place of the digit that lies at a cell of the screen, in the overview or the film; nothing anywhere else.
 *
 * @param size the terminal
 * @param column from 0, as `row`
 */
export function digitAt(
  _state: DashboardState,
  _view: View,
  _size: Size,
  _column: number,
  _row: number,
): number | undefined {
  return undefined;
}
