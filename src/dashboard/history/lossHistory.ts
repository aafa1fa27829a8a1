// The losses of a run of any length in bounded memory: every one of them exactly while there are at most 131,072 steps, after
// that minimum, maximum and mean of every 2, 4, … steps.
import { columnAt, joinedColumn, type LossColumn } from './lossBuckets.js';
import { type SharedColumns, sharedColumns, withColumn } from './sharedBuckets.js';

/** A value: adding losses gives another history and leaves this one as it is. */
export interface LossHistory {
  /** Steps in a column, a power of two: column `index` covers those from `index × stride + 1` on. */
  readonly stride: number;
  /** Shared with other histories of the run. */
  readonly columns: SharedColumns;
  /** How many of the columns belong to this history. */
  readonly length: number;
  /** The column that still grows. Apart, so that the shared ones never change. */
  readonly open: LossColumn | undefined;
  /** Exponential mean over the finite losses, and the sum of its weights: it is right from the first loss on. */
  readonly mean: number;
  readonly weight: number;
  readonly lastStep: number;
}

/** Three doubles and a byte each: 3.5 MB at most, blocks included. */
export const MOST_COLUMNS = 131_072;
/** Of the newest loss in the mean: about the last 20 count, which takes the jitter of batches of 20 out of the line. */
export const MEAN_SHARE = 0.05;
/** After so many losses the weights sum up to 1 in a double. */
const LOSSES_THAT_WEIGH = 750;

export const emptyHistory: LossHistory = {
  stride: 1,
  columns: sharedColumns(0),
  length: 0,
  open: undefined,
  mean: 0,
  weight: 0,
  lastStep: 0,
};

/** The loss of a step, finite or not. Steps count from 1. */
export interface PlainLoss {
  readonly step: number;
  readonly loss: number;
}

/** Adds losses in their order. A step that was there before cuts the history back to it. */
export function addLosses(history: LossHistory, losses: readonly PlainLoss[]): LossHistory {
  // One copy for all of them: a copy each took longer than the rest.
  let growing: GrowingHistory | undefined;
  for (const { step, loss } of losses) {
    if (step < 1) continue;
    growing ??= { ...history };
    grow(growing, step, loss);
  }
  return growing ?? history;
}

/** A history that no one else knows yet. */
type GrowingHistory = { -readonly [Field in keyof LossHistory]: LossHistory[Field] };

function grow(growing: GrowingHistory, step: number, loss: number): void {
  if (step <= growing.lastStep) Object.assign(growing, cutBack(growing, step - 1));
  if (indexOf(growing, step) >= MOST_COLUMNS) Object.assign(growing, coarser(growing, step));
  const finite = Number.isFinite(loss);
  if (finite) {
    growing.weight = nextWeight(growing.weight);
    const share = MEAN_SHARE / growing.weight;
    growing.mean = growing.mean * (1 - share) + loss * share;
  }
  growing.lastStep = step;
  takeIn(growing, { index: indexOf(growing, step), min: loss, max: loss, mean: growing.mean, finite, gap: !finite });
}

/** Place of the column that holds a step. */
export function indexOf({ stride }: LossHistory, step: number): number {
  return Math.floor((step - 1) / stride);
}

function nextWeight(weight: number): number {
  return weight * (1 - MEAN_SHARE) + MEAN_SHARE;
}

/** The newest column, joined with the open one or in its place. */
function takeIn(growing: GrowingHistory, column: LossColumn): void {
  const { open } = growing;
  if (open?.index === column.index) {
    growing.open = joinedColumn(open, column);
    return;
  }
  if (open !== undefined) {
    growing.columns = withColumn(growing.columns, growing.length, open);
    growing.length = open.index + 1;
  }
  growing.open = column;
}

/** Forgets every column that holds a step after this one. */
export function cutBack(history: LossHistory, step: number): LossHistory {
  if (step >= history.lastStep) return history;
  const lastStep = Math.max(0, step);
  const length = Math.min(history.length, Math.floor(lastStep / history.stride));
  const cut = { ...history, length, open: undefined, lastStep };
  return { ...cut, ...meanAt(cut) };
}

/** Mean and weight as they stood at the end of the history. */
function meanAt(history: LossHistory): Pick<LossHistory, 'mean' | 'weight'> {
  let [mean, weight, losses] = [0, 0, 0];
  for (let index = history.length - 1; index >= 0 && losses < LOSSES_THAT_WEIGH; index--) {
    const column = columnAt(history.columns, index);
    if (column?.finite !== true) continue;
    if (losses === 0) mean = column.mean;
    losses++;
    weight = nextWeight(weight);
  }
  return { mean, weight };
}

/** The same losses in as few columns as are needed to get as far as this step. */
function coarser(history: LossHistory, step: number): LossHistory {
  let stride = history.stride;
  while (Math.floor((step - 1) / stride) >= MOST_COLUMNS) stride *= 2;
  const factor = stride / history.stride;
  const start = { ...history, stride, columns: sharedColumns(0), length: 0, open: undefined };
  for (const column of columnsOf(history)) takeIn(start, { ...column, index: Math.floor(column.index / factor) });
  return start;
}

/** All columns with a loss, in the order of the steps. */
export function columnsOf(history: LossHistory): readonly LossColumn[] {
  const closed = Array.from({ length: history.length }, (_, index) => columnAt(history.columns, index));
  return [...closed, history.open].filter((column) => column !== undefined);
}
