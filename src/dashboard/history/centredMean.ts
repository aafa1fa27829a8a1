// The mean of the losses around a step. The history holds the exponential mean of those up to each step, which is the mean around
// an earlier one: the centre of its weights. So it is read where it is later by as much.
import { columnAt, FINITE, type LossColumn } from './lossBuckets.js';
import { indexOf, type LossHistory, MEAN_SHARE } from './lossHistory.js';
import { valueAt } from './readHistory.js';
import { placeOf, type StepRange } from './stepRange.js';

const KEPT = 1 - MEAN_SHARE;
/** Losses by which the exponential mean of many is late. */
const LAG = KEPT / MEAN_SHARE;
/** After so many losses its weights are those of infinitely many, for the eye. */
const SETTLED = 200;

/** Losses by which the mean of the first `losses` is late. */
function lagOf(losses: number): number {
  return losses > SETTLED ? LAG : LAG - (losses * KEPT ** losses) / (1 - KEPT ** losses);
}

/** Up to this column losses are counted from the first one on: they may be few. */
const FROM_THE_START = 4096;
/** Columns a place: with more, being late is less than half of a place. */
const COLUMNS_A_PLACE = 2 * LAG;

/**
 * Places of a chart with means that are not late. Where later losses are not known yet, the mean of those up to there stands.
 * @param places as {@link placed} gives them, from left to right
 */
export function centred(
  history: LossHistory,
  range: StepRange,
  places: readonly (LossColumn | undefined)[],
): readonly (LossColumn | undefined)[] {
  const [first, last] = [Math.max(0, indexOf(history, range.from)), indexOf(history, range.to)];
  // Columns of several steps belong to runs so long that it would not be seen.
  if (history.stride > 1 || (last - first) / Math.max(1, places.length) > COLUMNS_A_PLACE) return places;
  const means = meansFrom(history, first <= FROM_THE_START ? 0 : first, last);
  let [here, later] = [-1, 0];
  return places.map((column, place) => {
    while (here < means.length - 1 && placeOf(means[here + 1]!.index + 1, range, places.length) <= place) here++;
    if (column?.finite !== true) return column;
    while (later < means.length - 1 && positionOf(means, later) < here) later++;
    return { ...column, mean: means[later]?.mean ?? column.mean };
  });
}

/** That of the place of a step alone. */
export function centredMeanAt(history: LossHistory, step: number): number | undefined {
  if (history.stride > 1) return valueAt(history, step)?.mean;
  const index = Math.min(indexOf(history, step), history.open?.index ?? history.length - 1);
  const near = Math.max(0, index <= FROM_THE_START ? 0 : index - Math.ceil(LAG));
  const means = meansFrom(history, near, index);
  const place = placeAmong(means, index);
  const later = means.findIndex((_, candidate) => candidate >= place && positionOf(means, candidate) >= place);
  return means[later < 0 ? means.length - 1 : later]?.mean;
}

interface Mean {
  readonly index: number;
  readonly mean: number;
  /** Losses up to it, as far as that matters. */
  readonly losses: number;
}

/** Those of the columns with a finite loss, and as many beyond the last one as it takes to know it. */
function meansFrom({ columns, length, open }: LossHistory, first: number, last: number): Mean[] {
  const means: Mean[] = [];
  const known = first === 0 ? 0 : SETTLED;
  let beyond = 0;
  for (let index = first; index < length && beyond <= LAG; index++) {
    if ((columns.content[index]! & FINITE) === 0) continue;
    means.push({ index, mean: columnAt(columns, index)!.mean, losses: known + means.length + 1 });
    if (index > last) beyond++;
  }
  if (open?.finite === true && beyond <= LAG)
    means.push({ index: open.index, mean: open.mean, losses: known + means.length + 1 });
  return means;
}

/** Around which of the means' places the mean at `place` is. */
function positionOf(means: readonly Mean[], place: number): number {
  return place - lagOf(means[place]?.losses ?? 1);
}

/** Of the last mean up to a column. */
function placeAmong(means: readonly Mean[], index: number): number {
  let [low, high] = [0, means.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (means[middle]!.index <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
