// What stands around a view, and the cells that are left for it.

import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';

export interface FrameRoom extends Size {
  /** On the full screen a panel has no header. */
  readonly header: boolean;
  /** Where rows are scarce the header makes way for the message, and on the full screen the keys do. */
  readonly message: boolean;
}

/** Below, a row for the message would take too much of the view. */
const ROWS_WITH_MESSAGE = 14;

/** Depends on nothing that comes and goes. */
export function roomOf({ columns, rows }: Size, { viewState }: ViewContext): FrameRoom {
  const header = viewState?.full !== true;
  const message = header && rows >= ROWS_WITH_MESSAGE;
  return { columns, rows: rows - 2 - Number(header) - Number(message), header, message };
}
