import { formatCount, formatLoss } from '../format.js';
import { LOSSES_TO_JUDGE } from '../history/trend.js';
import { type Finding, HALVE_THE_RATE } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** Of the loss before the first update. An untrained network is seldom beaten by one that learns. */
const ABOVE_FIRST = 1.5;
const ADVICE = [HALVE_THE_RATE, { words: 'go back: train --resume from the last checkpoint before it' }] as const;

/** The loss stays far above what it has been: one update, or many, have led away from where it was low. */
export function divergence({ trend: { highSince, mean, lowest, first, losses } }: Symptoms): Finding | undefined {
  if (highSince !== undefined) {
    const times = timesOf(mean / lowest.mean);
    const since = `since step ${formatCount(highSince)}`;
    return {
      rule: 'divergence',
      step: highSince,
      severity: 'bad',
      sentences: [
        `the loss is ${times} what it was at step ${formatCount(lowest.step)} (${formatLoss(lowest.mean)}), ${since}: the updates are too large`,
        `the loss is ${times} its lowest ${since}`,
        `loss ${times} its lowest`,
      ],
      advice: ADVICE,
    };
  }
  if (losses < LOSSES_TO_JUDGE || !(mean > ABOVE_FIRST * first)) return undefined;
  const times = timesOf(mean / first);
  return {
    rule: 'divergence',
    step: 1,
    severity: 'bad',
    sentences: [
      `the loss is ${times} what it was before training (${formatLoss(first)}): the updates are too large`,
      `the loss is ${times} that before training`,
      `loss ${times} the first`,
    ],
    advice: ADVICE,
  };
}

/** Beyond a thousand the figure says no more than its power of ten. */
function timesOf(factor: number): string {
  if (factor < 100) return `${factor.toFixed(1)} times`;
  return factor < 1000 ? `${Math.round(factor)} times` : `10^${Math.floor(Math.log10(factor))} times`;
}
