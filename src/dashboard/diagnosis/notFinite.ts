import { formatCount, formatLoss } from '../format.js';
import type { Trend } from '../history/trend.js';
import type { Finding } from './finding.js';

/** The loss is not a number any more, and where that began. */
export function notFinite({ firstNotFinite }: Trend, learningRate: number | undefined): Finding | undefined {
  if (firstNotFinite === undefined) return undefined;
  const { step, loss } = firstNotFinite;
  const said = `the loss is ${formatLoss(loss)} since step ${formatCount(step)}`;
  const advice = learningRate === undefined ? '' : `: try a learning rate below ${learningRate}`;
  return {
    rule: 'notFinite',
    step,
    tone: 'bad',
    sentences: [`${said}${advice}`, said, `${formatLoss(loss)} at ${formatCount(step)}`],
  };
}
