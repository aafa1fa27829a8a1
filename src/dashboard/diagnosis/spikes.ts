import { formatCount, formatLoss } from '../format.js';
import { type Finding, HALVE_THE_RATE } from './finding.js';
import type { Symptoms } from './symptoms.js';

const LEAST_SPIKES = 3;
/** What is longer ago is over. */
const WITHIN_LOSSES = 1000;

/** Single losses far above those around them, again and again. */
export function spikes({ trend: { spikes, losses } }: Symptoms): Finding | undefined {
  const recent = spikes.filter(({ at }) => losses - at < WITHIN_LOSSES);
  const last = recent.at(-1);
  if (last === undefined || recent.length < LEAST_SPIKES) return undefined;
  const times = (last.loss / last.mean).toFixed(1);
  return {
    rule: 'spikes',
    step: last.step,
    severity: 'warning',
    sentences: [
      `the loss jumps for single batches, last at step ${formatCount(last.step)} to ${times} times its mean (${formatLoss(last.loss)}): some images may be damaged`,
      `spikes of the loss, last at step ${formatCount(last.step)}: ${times} times its mean`,
      `spikes, last at ${formatCount(last.step)}`,
    ],
    advice: [
      { words: `look at the images of the batch of step ${formatCount(last.step)}: millrace data show` },
      HALVE_THE_RATE,
    ],
  };
}
