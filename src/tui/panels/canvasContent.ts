import type { DashboardState } from '../../dashboard/state.js';
import type { Area } from '../screen/hitArea.js';
import type { PlacedPicture } from '../screen/patch.js';
import type { ViewContext } from '../viewContext.js';

/** What a canvas shows. */
export interface CanvasContent {
  /** Cells of every row. */
  readonly columns: number;
  /** Rows of exactly `columns` cells, with SGR codes and nothing else that a terminal obeys. */
  readonly rows: readonly string[];
  /** Lie over the rows. */
  readonly pictures?: readonly PlacedPicture[] | undefined;
  /** What can be hit of it, in places of the canvas. */
  readonly areas?: readonly Area[] | undefined;
}

/** What a panel is a function of, beside its own size. */
export interface Shown {
  readonly state: DashboardState;
  readonly view: ViewContext;
}

/** Draws a canvas anew, without laying out what stands around it; nothing where it takes another panel to show that. */
export type Draw = (shown: Shown) => CanvasContent | undefined;
