// What stands around a view, and the cells that are left for it.

import type { DashboardState } from '../../dashboard/state.js';
import { messageLines } from '../rows/messageRow.js';
import { bottomWords } from '../rows/statusRow.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';

export interface FrameRoom extends Size {
  /** On the full screen a panel has no header. */
  readonly header: boolean;
  readonly message: boolean;
  /** On a low terminal the message takes the place of what the header describes, and leaves its row to the view. */
  readonly instead: boolean;
  /** On the full screen the last line shows only while it has something to ask or to say. */
  readonly keys: boolean;
}

export function roomOf(state: DashboardState, size: Size, view: ViewContext): FrameRoom {
  const full = view.viewState?.full === true;
  const says = messageLines(state, view).length > 0;
  const instead = says && !full && size.rows < ROWS_WITH_MESSAGE;
  const message = says && !instead;
  const keys = !full || bottomWords(state, view) !== undefined;
  const rows = size.rows - 1 - Number(!full) - Number(message) - Number(keys);
  return { columns: size.columns, rows, header: !full, message, instead, keys };
}

const ROWS_WITH_MESSAGE = 14;
