// The losses of a run of any length in a fixed number of columns: when they are full, every two become one.

/** What is remembered of the losses within `stride` steps. */
export interface LossColumn {
  /** Covers the steps from `index × stride + 1` on. */
  readonly index: number;
  readonly min: number;
  readonly max: number;
  /** Exponential mean over the last losses, as it stood at the last loss of this column. */
  readonly mean: number;
}

export interface LossHistory {
  /** Steps in a column, a power of two. */
  readonly stride: number;
  /** In the order of the steps; columns without a loss are left out. */
  readonly closed: readonly LossColumn[];
  /** The column that still grows. Apart, so that a new loss copies nothing. */
  readonly open: LossColumn | undefined;
  /** Sum and sum of weights of the exponential mean; their quotient is right from the first loss on. */
  readonly weighted: number;
  readonly weight: number;
  readonly lastStep: number;
}

const COLUMNS = 512;
/** Of the newest loss in the mean: about the last 20 count, which takes the jitter of batches of 20 out of the line. */
const NEWEST = 0.05;

export const emptyHistory: LossHistory = {
  stride: 1,
  closed: [],
  open: undefined,
  weighted: 0,
  weight: 0,
  lastStep: 0,
};

/** Adds a loss. A step before the last one cuts the history back to it; what is not finite leaves a gap. */
export function addLoss(history: LossHistory, step: number, loss: number): LossHistory {
  if (step <= history.lastStep) return addLoss(cutBack(history, step - 1), step, loss);
  if (!Number.isFinite(loss)) return { ...history, lastStep: step };
  if (Math.floor((step - 1) / history.stride) >= COLUMNS) return addLoss(halved(history), step, loss);
  const { stride, closed, open } = history;
  const weighted = history.weighted * (1 - NEWEST) + loss * NEWEST;
  const weight = history.weight * (1 - NEWEST) + NEWEST;
  const column = { index: Math.floor((step - 1) / stride), min: loss, max: loss, mean: weighted / weight };
  const grows = open?.index === column.index;
  return {
    stride,
    closed: grows || open === undefined ? closed : [...closed, open],
    open: grows ? merged(open, column) : column,
    weighted,
    weight,
    lastStep: step,
  };
}

/** Forgets every column that holds a step after this one. */
export function cutBack(history: LossHistory, step: number): LossHistory {
  const columns = columnsOf(history).filter(({ index }) => (index + 1) * history.stride <= step);
  return { ...history, closed: columns.slice(0, -1), open: columns.at(-1), lastStep: Math.max(0, step) };
}

export function columnsOf({ closed, open }: LossHistory): readonly LossColumn[] {
  return open === undefined ? closed : [...closed, open];
}

function halved(history: LossHistory): LossHistory {
  const columns: LossColumn[] = [];
  for (const column of columnsOf(history)) {
    const next = { ...column, index: Math.floor(column.index / 2) };
    const last = columns.at(-1);
    if (last?.index === next.index) columns[columns.length - 1] = merged(last, next);
    else columns.push(next);
  }
  return { ...history, stride: history.stride * 2, closed: columns.slice(0, -1), open: columns.at(-1) };
}

function merged(earlier: LossColumn, later: LossColumn): LossColumn {
  return { ...later, min: Math.min(earlier.min, later.min), max: Math.max(earlier.max, later.max) };
}

/** Places the columns on `count` places from the first step to the last; places without a loss are `undefined`. */
export function resampled(history: LossHistory, count: number): (LossColumn | undefined)[] {
  const places: (LossColumn | undefined)[] = new Array(Math.max(0, count)).fill(undefined);
  if (count < 1) return places;
  for (const column of columnsOf(history)) {
    const place = placeOf(Math.min(history.lastStep, (column.index + 1) * history.stride), history.lastStep, count);
    const there = places[place];
    places[place] = there === undefined ? column : merged(there, column);
  }
  return places;
}

/** Where a step stands on `count` places: step 1 on the first, the last step on the last. */
export function placeOf(step: number, lastStep: number, count: number): number {
  const place = Math.round(((step - 1) / Math.max(1, lastStep - 1)) * (count - 1));
  return Math.min(count - 1, Math.max(0, place));
}
