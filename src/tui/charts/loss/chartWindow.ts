// Which steps a chart shows, and what keys and mouse make of it.

import { stepWithLoss } from '../../../dashboard/history/readHistory.js';
import { type StepRange, stepAt } from '../../../dashboard/history/stepRange.js';
import type { DashboardState } from '../../../dashboard/state.js';
import type { ChartWindow, ViewState } from '../../viewState.js';
import { LABEL_COLUMNS, plotColumns } from './plotColumns.js';

/** In the window of the last steps. */
export const RECENT_STEPS = 1000;
/** Nearer than this there is nothing more to see. */
const LEAST_STEPS = 10;

/**
 * The steps in the window. It moves so far that it holds the cursor, or the newest step where that is followed.
 * @param newest step of the run that is followed. @default lastStep
 */
export function stepsShown(
  window: ChartWindow,
  cursor: number | undefined,
  lastStep: number,
  newest = lastStep,
): StepRange {
  const last = Math.max(1, lastStep);
  if (window === 'all') return { from: 1, to: last };
  const followed = Math.max(1, newest);
  const { from, to } = window === 'recent' ? { from: Math.max(1, followed - RECENT_STEPS + 1), to: followed } : window;
  const step = Math.max(1, cursor ?? followed);
  const shift = step < from ? step - from : step > to ? step - to : 0;
  return { from: Math.max(1, from + shift), to: to + shift };
}

/** The same for what a person has chosen, on their axis. */
export function stepsChosen(
  { history }: DashboardState,
  { window, cursor, steps }: ViewState,
  lastStep: number,
): StepRange {
  const range = stepsShown(window, cursor, lastStep, history.lastStep);
  return steps === 'log' ? { ...range, logarithmic: true } : range;
}

/** The last step of the longest run: all runs share one axis. */
export function lastStepOf(runs: readonly DashboardState[]): number {
  return Math.max(0, ...runs.map(newestStep));
}

/** Of a run without losses, the newest of what was measured. */
function newestStep({ history, tags }: DashboardState): number {
  return history.lastStep > 0 ? history.lastStep : tags.lastStep;
}

/**
 * Moves the cursor by so many of the chart's columns, from one step with a loss to another; at least to the next one.
 * Beyond the newest it follows the newest; infinite distances go to either end.
 * @param columns cells of the whole chart, labels among them
 * @param runs all that are shown; the cursor keeps to the losses of `state`. @default [state]
 */
export function moveCursor(
  state: DashboardState,
  chosen: ViewState,
  columns: number,
  by: number,
  runs: readonly DashboardState[] = [state],
): ViewState {
  const { history } = state;
  const last = lastStepOf(runs);
  const here = chosen.cursor ?? history.lastStep;
  const wanted = Math.round(columnsAway(here, by, stepsChosen(state, chosen, last), plotColumns(columns)));
  const cursor =
    by < 0
      ? (stepWithLoss(history, Math.min(here - 1, wanted), -1) ?? stepWithLoss(history, 1, 1))
      : stepWithLoss(history, Math.max(here + 1, wanted), 1);
  return withCursor(state, chosen, cursor, last);
}

/** The step that stands so many columns beside another one. */
function columnsAway(step: number, by: number, { from, to, logarithmic = false }: StepRange, count: number): number {
  const most = Math.max(1, count - 1);
  return logarithmic ? step * (to / from) ** (by / most) : step + by * Math.max(1, (to - from) / most);
}

/** At the newest step the cursor rests: it follows. A zoomed window stays where the cursor has taken it. */
function withCursor(
  { history }: DashboardState,
  chosen: ViewState,
  cursor: number | undefined,
  lastStep: number,
): ViewState {
  const kept = cursor === undefined || cursor >= history.lastStep ? undefined : cursor;
  const window =
    typeof chosen.window === 'object' ? stepsShown(chosen.window, kept, lastStep, history.lastStep) : chosen.window;
  return { ...chosen, cursor: kept, window };
}

/**
 * Puts the cursor on the step with a loss under a cell of the chart. Beside the curves nothing changes.
 * @param columns cells of the whole chart, labels among them
 * @param column counted from 0 at the chart's left edge
 */
export function cursorAt(
  state: DashboardState,
  chosen: ViewState,
  columns: number,
  column: number,
  runs: readonly DashboardState[] = [state],
): ViewState {
  const [width, place] = [plotColumns(columns), Math.floor(column) - LABEL_COLUMNS];
  if (!(place >= 0 && place < width)) return chosen;
  const last = lastStepOf(runs);
  const step = stepAt(place, stepsChosen(state, chosen, last), width);
  const cursor = stepWithLoss(state.history, step, -1) ?? stepWithLoss(state.history, step, 1);
  return withCursor(state, chosen, cursor, last);
}

/**
 * Shows so many times fewer steps, around the cursor or up to the newest; factors below 1 show more, in the end all.
 * @param runs all that are shown. @default [state]
 */
export function zoom(
  state: DashboardState,
  chosen: ViewState,
  factor: number,
  runs: readonly DashboardState[] = [state],
): ViewState {
  const last = lastStepOf(runs);
  const newest = newestStep(state);
  const { from, to } = stepsShown(chosen.window, chosen.cursor, last, newest);
  const span = to - from + 1;
  const wanted = Math.max(LEAST_STEPS, Math.round(span / factor));
  // A run that has grown since it was zoomed into still comes back to all.
  if (!(wanted < last) || (factor < 1 && wanted > last * NEARLY_ALL)) return { ...chosen, window: 'all' };
  const anchor = Math.min(Math.max(chosen.cursor ?? newest, from), to);
  const start = Math.round(anchor - ((anchor - from) / Math.max(1, span - 1)) * (wanted - 1));
  const first = Math.min(Math.max(1, start), last - wanted + 1);
  return { ...chosen, window: { from: first, to: first + wanted - 1 } };
}

/** Zooming in once leaves half. */
const NEARLY_ALL = 0.5;

/** The last steps instead of all; all instead of anything less. */
export function toggleWindow(chosen: ViewState): ViewState {
  return { ...chosen, window: chosen.window === 'all' ? 'recent' : 'all' };
}
