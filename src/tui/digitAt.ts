import { type DigitsLayout, digitsRows, picturesTop } from './digitsLayout.js';
import { frameAt } from './film.js';
import { filmLayout } from './filmLayout.js';
import { initialInterface } from './interface.js';
import { digitsTop, type Size } from './layout.js';
import { digitsShown } from './lines/digits.js';
import { overviewLayout } from './overviewLayout.js';
import type { DashboardState } from './state.js';
import type { View } from './view.js';

/**
 * Place of the digit that lies at a cell of the screen, in the overview or the film; nothing anywhere else.
 *
 * @param size the terminal
 * @param column from 0, as `row`
 */
export function digitAt(
  state: DashboardState,
  view: View,
  size: Size,
  column: number,
  row: number,
): number | undefined {
  const { cursor, digit } = view.interface ?? initialInterface;
  const frame = frameAt(state.film, cursor);
  const panel = digitsOnScreen(state, view, size);
  if (frame === undefined || panel === undefined) return undefined;
  const { layout, top } = panel;
  const bottom = top + digitsRows(layout) - (layout.framed ? 1 : 0);
  const [pitch, left] = [layout.tile.columns + layout.gap, column - layout.labelColumns];
  const { first, images } = digitsShown(frame, layout, digit);
  const place = Math.floor(left / pitch);
  const onPicture = row >= top + picturesTop(layout) && row < bottom && left % pitch < layout.tile.columns;
  return onPicture && place >= 0 && place < images.length ? first + place : undefined;
}

interface DigitsOnScreen {
  readonly layout: DigitsLayout;
  /** First row of the panel. */
  readonly top: number;
}

function digitsOnScreen(state: DashboardState, view: View, size: Size): DigitsOnScreen | undefined {
  const { view: name } = view.interface ?? initialInterface;
  if (name === 'film' && state.run !== undefined) {
    const { digits, top } = filmLayout(state, view, size);
    return digits && { layout: digits, top };
  }
  if (name !== 'overview') return undefined;
  const layout = overviewLayout(state, view, size);
  return layout?.digits && { layout: layout.digits, top: digitsTop(layout) };
}
