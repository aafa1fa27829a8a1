// What the rules have to remember of the losses: a slow mean, where it was lowest, how it went, what stood out of it, and the first
// loss that was not a number.

import type { PlainLoss } from './lossHistory.js';

export interface Trend {
  /** Losses so far, those that are not finite left out. */
  readonly losses: number;
  readonly lastStep: number;
  /** The first of them: before the first update, or where a resumed run goes on. */
  readonly first: number;
  /** Exponential mean over about the last 200. */
  readonly mean: number;
  /** Mean distance from it, spikes left out. */
  readonly deviation: number;
  readonly lowest: { readonly step: number; readonly mean: number };
  /** Since when the mean has been far above its lowest without a break. */
  readonly highSince: number | undefined;
  /** Means of 50 losses each, the newest last. */
  readonly windows: readonly number[];
  /** The last ones, the newest last. */
  readonly spikes: readonly Spike[];
  readonly firstNotFinite: { readonly step: number; readonly loss: number } | undefined;
  /** Of the window that is not full yet. */
  readonly open: { readonly count: number; readonly sum: number };
  /** Losses in a row since one stood out, and that one: a spike once they are back where they were. */
  readonly rise: { readonly count: number; readonly first: Spike } | undefined;
}

/** A loss far above those before it. */
export interface Spike extends PlainLoss {
  /** The how manyeth loss it is. */
  readonly at: number;
  /** Of the losses before it. */
  readonly mean: number;
}

export const emptyTrend: Trend = {
  losses: 0,
  lastStep: 0,
  first: Number.NaN,
  mean: 0,
  deviation: 0,
  lowest: { step: 0, mean: Number.POSITIVE_INFINITY },
  highSince: undefined,
  windows: [],
  spikes: [],
  firstNotFinite: undefined,
  open: { count: 0, sum: 0 },
  rise: undefined,
};

const NEWEST = 0.01;
/** Before, the mean says more about the first losses than about the run. */
export const LOSSES_TO_JUDGE = 200;
/** A run whose batches differ much swings by half as much; one that diverges leaves this behind at once. */
export const FAR_ABOVE = 2;
const WINDOW = 50;
const WINDOWS_KEPT = 24;
const SPIKES_KEPT = 8;
/** Of the mean, and of the mean distance from it: single images differ by a factor of three from each other. */
const SPIKE = { mean: 2, deviations: 8 } as const;
/** A spike is over after so many losses, and then as near to the mean; what stays is no spike but a higher loss. */
const OVER = { losses: 3, deviations: 3 } as const;

/** The trend after some more losses, in their order. */
export function addToTrend(before: Trend, more: readonly PlainLoss[]): Trend {
  let { losses, lastStep, first, mean, deviation, lowest, highSince, windows, spikes, firstNotFinite, rise } = before;
  let { count, sum } = before.open;
  for (const { step, loss } of more) {
    lastStep = step;
    if (!Number.isFinite(loss)) {
      firstNotFinite ??= { step, loss };
      continue;
    }
    if (losses === 0) first = loss;
    losses++;
    const settled = losses >= LOSSES_TO_JUDGE;
    if (rise !== undefined && loss <= mean + OVER.deviations * deviation) {
      if (rise.count <= OVER.losses) spikes = [...spikes.slice(1 - SPIKES_KEPT), rise.first];
      rise = undefined;
    } else if (rise !== undefined) rise = { ...rise, count: rise.count + 1 };
    else if (settled && loss > SPIKE.mean * mean && loss > mean + SPIKE.deviations * deviation)
      rise = { count: 1, first: { step, loss, mean, at: losses } };
    // The plain mean of the first ones, so that the first loss does not weigh forever.
    const share = Math.max(NEWEST, 1 / losses);
    if (rise === undefined || rise.count > OVER.losses) deviation += (Math.abs(loss - mean) - deviation) * share;
    mean += (loss - mean) * share;
    if (settled && mean < lowest.mean) lowest = { step, mean };
    highSince = settled && mean > FAR_ABOVE * lowest.mean ? (highSince ?? step) : undefined;
    count++;
    sum += loss;
    if (count === WINDOW) {
      windows = [...windows.slice(1 - WINDOWS_KEPT), sum / WINDOW];
      [count, sum] = [0, 0];
    }
  }
  const open = { count, sum };
  return { losses, lastStep, first, mean, deviation, lowest, highSince, windows, spikes, firstNotFinite, open, rise };
}
