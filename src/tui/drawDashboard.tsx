import type { DashboardState } from '../dashboard/state.js';
import { Dashboard } from './Dashboard.js';
import type { PlacedCanvas } from './panels/Canvas.js';
import type { CanvasContent, Shown } from './panels/canvasContent.js';
import { type DashboardFrame, frameOf } from './panels/frameOf.js';
import { inkFrame } from './panels/inkFrame.js';
import type { Frame } from './screen/frame.js';
import type { Size } from './screen/size.js';
import type { Theme } from './theme/theme.js';
import type { ViewContext } from './viewContext.js';
import { layoutKey } from './views/layoutKey.js';

/** The dashboard's frame for a terminal of this size. */
export function drawDashboard(state: DashboardState, size: Size, view: ViewContext, theme: Theme): Frame {
  return layOutDashboard(state, size, view, theme).frame;
}

/** With it, where the mouse hits what. */
export function layOutDashboard(state: DashboardState, size: Size, view: ViewContext, theme: Theme): DashboardFrame {
  return frameOf(canvasesOf(state, size, view, theme));
}

function canvasesOf(state: DashboardState, { columns, rows }: Size, view: ViewContext, theme: Theme): PlacedCanvas[] {
  return inkFrame(<Dashboard state={state} size={{ columns, rows }} view={view} />, columns, theme);
}

/**
 * Gives the same frames as `layOutDashboard`, one after the other. As long as all panels stay where they are they are drawn
 * anew in their places, which takes half the time of laying them out: React, Ink and Yoga are asked only when something moves.
 */
export function dashboardLayout(): typeof layOutDashboard {
  let last: { readonly key: string; readonly theme: Theme; readonly canvases: readonly PlacedCanvas[] } | undefined;
  return (state, size, view, theme) => {
    const key = layoutKey(state, size, view);
    const same = last !== undefined && last.key === key && last.theme === theme;
    const canvases =
      (same ? redrawn(last!.canvases, { state, view }) : undefined) ?? canvasesOf(state, size, view, theme);
    last = key === undefined ? undefined : { key, theme, canvases };
    return frameOf(canvases);
  };
}

/** Nothing where one of them cannot be drawn anew, or has another size now. */
function redrawn(canvases: readonly PlacedCanvas[], shown: Shown): PlacedCanvas[] | undefined {
  const next: PlacedCanvas[] = [];
  for (const canvas of canvases) {
    const content = canvas.redraw?.(shown);
    if (content === undefined || !isSameSize(content, canvas.content)) return undefined;
    next.push({ ...canvas, content });
  }
  return next;
}

function isSameSize(one: CanvasContent, other: CanvasContent): boolean {
  return one.columns === other.columns && one.rows.length === other.rows.length;
}
