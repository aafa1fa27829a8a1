import { formatCount, formatLoss } from '../format.js';
import { type Finding, HALVE_THE_RATE } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** The loss is not a number any more, and where that began. */
export function notFinite({ trend: { firstNotFinite }, learningRate }: Symptoms): Finding | undefined {
  if (firstNotFinite === undefined) return undefined;
  const { step, loss } = firstNotFinite;
  const said = `the loss is ${formatLoss(loss)} since step ${formatCount(step)}`;
  const lower = learningRate === undefined ? '' : `: try a learning rate below ${learningRate}`;
  return {
    rule: 'notFinite',
    step,
    severity: 'bad',
    sentences: [`${said}${lower}`, said, `${formatLoss(loss)} at ${formatCount(step)}`],
    advice: [
      {
        words: `start again with ${learningRate === undefined ? 'a lower learning rate' : `a learning rate below ${learningRate}`}`,
      },
      { words: 'train --on-nan rollback goes back to the last checkpoint by itself, with half the rate' },
      HALVE_THE_RATE,
    ],
  };
}
