// What the rules have to remember of the losses: a slow mean, where it was lowest, and the first loss that was not a number.

import type { PlainLoss } from './lossHistory.js';

export interface Trend {
  /** Losses so far, those that are not finite left out. */
  readonly losses: number;
  /** Exponential mean over about the last 200. */
  readonly mean: number;
  readonly lowest: { readonly step: number; readonly mean: number };
  /** Since when the mean has been far above its lowest without a break. */
  readonly highSince: number | undefined;
  readonly firstNotFinite: { readonly step: number; readonly loss: number } | undefined;
}

export const emptyTrend: Trend = {
  losses: 0,
  mean: 0,
  lowest: { step: 0, mean: Number.POSITIVE_INFINITY },
  highSince: undefined,
  firstNotFinite: undefined,
};

const NEWEST = 0.01;
/** Before, the mean says more about the first losses than about the run. */
export const LOSSES_TO_JUDGE = 200;
/** A run whose batches differ much swings by half as much; one that diverges leaves this behind at once. */
export const FAR_ABOVE = 2;

/** The trend after some more losses, in their order. */
export function addToTrend(before: Trend, more: readonly PlainLoss[]): Trend {
  let { losses, mean, lowest, highSince, firstNotFinite } = before;
  for (const { step, loss } of more) {
    if (!Number.isFinite(loss)) {
      firstNotFinite ??= { step, loss };
      continue;
    }
    losses++;
    // The plain mean of the first ones, so that the first loss does not weigh forever.
    mean += (loss - mean) * Math.max(NEWEST, 1 / losses);
    const settled = losses >= LOSSES_TO_JUDGE;
    if (settled && mean < lowest.mean) lowest = { step, mean };
    highSince = settled && mean > FAR_ABOVE * lowest.mean ? (highSince ?? step) : undefined;
  }
  return { losses, mean, lowest, highSince, firstNotFinite };
}
