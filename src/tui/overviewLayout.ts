import { type Content, type Layout, layOut, type Size } from './layout.js';
import { messageLines } from './lines/message.js';
import type { DashboardState } from './state.js';
import type { View } from './view.js';

/** As many as a run takes samples of, for the time before the first. */
const PROBES = 10;

/** Which panels the overview shows; nothing where the terminal is too small. */
export function overviewLayout(state: DashboardState, view: View, size: Size): Layout | undefined {
  return layOut(size, contentOf(state, messageLines(state, view).length > 0));
}

function contentOf({ probes, run }: DashboardState, message: boolean): Content {
  if (probes !== undefined) return { message, probes: { shape: probes.shape, count: probes.images.length } };
  return { message, probes: run && { shape: run.dataset.shape, count: PROBES } };
}
