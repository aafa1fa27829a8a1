import { formatCount, formatLoss } from '../format.js';
import type { Trend } from '../history/trend.js';
import type { Finding } from './finding.js';

/** The loss stays far above what it has been. */
export function divergence({ highSince, mean, lowest }: Trend): Finding | undefined {
  if (highSince === undefined) return undefined;
  const times = `${(mean / lowest.mean).toFixed(1)} times`;
  const since = `since step ${formatCount(highSince)}`;
  return {
    rule: 'divergence',
    step: highSince,
    tone: 'bad',
    sentences: [
      `the loss is ${times} what it was at step ${formatCount(lowest.step)} (${formatLoss(lowest.mean)}), ${since}: a lower learning rate may help`,
      `the loss is ${times} its lowest ${since}`,
      `loss ${times} its lowest`,
    ],
  };
}
