import type { DashboardState } from '../dashboard/state.js';
import { Dashboard } from './Dashboard.js';
import type { PlacedCanvas } from './panels/Canvas.js';
import type { CanvasContent, Shown } from './panels/canvasContent.js';
import { type DashboardFrame, frameOf } from './panels/frameOf.js';
import { inkFrame } from './panels/inkFrame.js';
import type { Frame } from './screen/frame.js';
import { BYTES_PER_SECOND } from './screen/frameClock.js';
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
 * Large pictures come late where they change fast.
 *
 * @param now milliseconds, monotonic
 */
export function dashboardLayout(now: () => number = () => performance.now()): DrawNext {
  let last: LaidOut | undefined;
  return (state, size, view, theme) => {
    const key = layoutKey(state, size, view);
    const look = JSON.stringify(view.viewState);
    const [shown, time] = [{ state, view }, now()] as const;
    const same = last?.key === key && last?.theme === theme ? last : undefined;
    const patient = same?.look === look && state.end === undefined;
    const canvases =
      (same &&
        redrawn(same.canvases, shown, time, (canvas) => patient && time - canvas.drawnAt < restMs(canvas.content))) ??
      canvasesOf(state, size, view, theme).map((canvas) => ({ ...canvas, drawnAt: time, waits: false }));
    last = key === undefined ? undefined : { key, theme, look, canvases };
    return { ...frameOf(canvases), waits: canvases.some(({ waits }) => waits) };
  };
}

/** The next frame. `waits`: something of it is of earlier, and has to be drawn later, even if nothing else changes. */
type DrawNext = (...args: Parameters<typeof layOutDashboard>) => DashboardFrame & { readonly waits: boolean };

interface LaidOut {
  readonly key: string;
  readonly theme: Theme;
  /** What the person has chosen. */
  readonly look: string | undefined;
  readonly canvases: readonly LiveCanvas[];
}

interface LiveCanvas extends PlacedCanvas {
  /** When it changed last. */
  readonly drawnAt: number;
  readonly waits: boolean;
}

/** Pictures take half of what a line carries: they change less often the more there are, so that all else can change at once. */
const PICTURE_BYTES_PER_SECOND = BYTES_PER_SECOND / 2;
/** Smaller ones do not stand in the way of anything. */
const FEW_CHARACTERS = 5000;

/** Nothing where one of them cannot be drawn anew, or has another size now. */
function redrawn(
  canvases: readonly LiveCanvas[],
  shown: Shown,
  now: number,
  isRecent: (canvas: LiveCanvas) => boolean,
): LiveCanvas[] | undefined {
  const next: LiveCanvas[] = [];
  for (const canvas of canvases) {
    const content = canvas.redraw?.(shown);
    if (content === undefined || !isSameSize(content, canvas.content)) return undefined;
    if (isSame(content, canvas.content)) next.push({ ...canvas, waits: false });
    else if (isRecent(canvas)) next.push({ ...canvas, waits: true });
    else next.push({ ...canvas, content, drawnAt: now, waits: false });
  }
  return next;
}

/** Milliseconds that pictures stay before others take their place. */
function restMs({ rows, pictures }: CanvasContent): number {
  const characters = rows.reduce((sum, row) => sum + row.length, 0);
  return pictures === undefined || characters < FEW_CHARACTERS ? 0 : (characters / PICTURE_BYTES_PER_SECOND) * 1000;
}

function isSame(one: CanvasContent, other: CanvasContent): boolean {
  return one === other || (one.pictures === other.pictures && one.areas === other.areas && one.rows === other.rows);
}

function isSameSize(one: CanvasContent, other: CanvasContent): boolean {
  return one.columns === other.columns && one.rows.length === other.rows.length;
}
