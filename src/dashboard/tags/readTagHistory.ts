// Reading the values of a tag: at a step, from step to step, and on the places of a chart.
import { placeOf, type StepRange } from '../history/stepRange.js';
import { firstTagStep, lastTagStep, type TagColumn, type TagHistory, tagColumnAt, tagColumns } from './tagHistory.js';

/** Values on one place of a chart. */
export interface TagPlace {
  /** Of the finite ones. */
  readonly min: number;
  readonly max: number;
  /** Smoothed, as it stands at the last of them. */
  readonly mean: number;
  /** There is a finite one. */
  readonly finite: boolean;
  /** There is one that is NaN or infinite. */
  readonly gap: boolean;
}

/** The newest column at this step or before it; without a step, the newest of all. */
export function tagValueAt(history: TagHistory, step: number | undefined): TagColumn | undefined {
  const last = tagColumns(history) - 1;
  return tagColumnAt(history, step === undefined ? last : placeUpTo(history, step));
}

/** The last step of the column nearest at or before (-1), or at or after (1) this step. */
export function tagStepNear(history: TagHistory, step: number, direction: -1 | 1): number | undefined {
  const upTo = placeUpTo(history, step);
  const here = tagColumnAt(history, upTo);
  if (direction < 0) return here?.to;
  return here?.to === step ? step : tagColumnAt(history, upTo + 1)?.to;
}

/** Place of the last column that ends at or before a step; -1 where there is none. */
function placeUpTo(history: TagHistory, step: number): number {
  let [low, high] = [0, tagColumns(history)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tagColumnAt(history, middle)!.to <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** From the first step to the last; nothing where there is no value. */
export function tagRange(history: TagHistory): StepRange | undefined {
  const [from, to] = [firstTagStep(history), lastTagStep(history)];
  return from <= to ? { from, to } : undefined;
}

/** Lowest and highest finite value, and at which steps. */
export interface TagExtremes {
  readonly min: number;
  readonly minStep: number;
  readonly max: number;
  readonly maxStep: number;
}

export function tagExtremes(history: TagHistory): TagExtremes | undefined {
  let extremes: TagExtremes | undefined;
  for (let index = 0; index < tagColumns(history); index++) {
    const { count, min, max, to } = tagColumnAt(history, index)!;
    if (count === 0) continue;
    extremes ??= { min, minStep: to, max, maxStep: to };
    if (min < extremes.min) extremes = { ...extremes, min, minStep: to };
    if (max > extremes.max) extremes = { ...extremes, max, maxStep: to };
  }
  return extremes;
}

/**
 * The values within a range on `count` places beside each other; places without one are `undefined`.
 *
 * @param smoothing how much of the mean so far stays with each value, 0 to 1: the exponential mean, as right at the first value as later
 */
export function tagPlaces(
  history: TagHistory,
  range: StepRange,
  count: number,
  smoothing: number,
): (TagPlace | undefined)[] {
  const places: (TagPlace | undefined)[] = Array.from({ length: count });
  let [mean, weight] = [0, 0];
  for (let index = 0; index < tagColumns(history); index++) {
    const column = tagColumnAt(history, index)!;
    if (column.count > 0) {
      const kept = smoothing ** column.count;
      mean = mean * kept + (column.sum / column.count) * (1 - kept);
      weight = weight * kept + (1 - kept);
    }
    if (column.to < range.from || column.to > range.to) continue;
    const place = placeOf(column.to, range, count);
    places[place] = joined(places[place], column, weight > 0 ? mean / weight : Number.NaN);
  }
  return places;
}

function joined(before: TagPlace | undefined, column: TagColumn, mean: number): TagPlace {
  const gap = column.values > column.count || before?.gap === true;
  if (column.count === 0)
    return before?.finite === true ? { ...before, gap } : { min: mean, max: mean, mean, finite: false, gap };
  if (before?.finite !== true) return { min: column.min, max: column.max, mean, finite: true, gap };
  return {
    min: Math.min(before.min, column.min),
    max: Math.max(before.max, column.max),
    mean,
    finite: true,
    gap,
  };
}
