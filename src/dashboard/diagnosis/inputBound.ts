import type { StatsEvent } from '../../events/schema.js';
import type { Finding } from './finding.js';

/** Below this the training is what takes the time, as it should be. */
const LARGEST_SHARE = 0.3;
/** A shorter stretch is a hiccup. */
const LEAST_MS = 3000;

/** Over the last readings the training has waited: for data, or for those who read its events. */
export function inputBound(stats: readonly StatsEvent[]): Finding | undefined {
  const [first, last] = [stats.at(0), stats.at(-1)];
  if (first?.phases === undefined || last?.phases === undefined) return undefined;
  const spent = (phase: keyof typeof first.phases): number => last.phases![phase] - first.phases![phase];
  const total =
    spent('dataMs') + spent('forwardBackwardMs') + spent('updateMs') + spent('waitingMs') + spent('otherMs');
  if (total < LEAST_MS) return undefined;
  const [data, readers] = [spent('dataMs') / total, spent('waitingMs') / total];
  if (Math.max(data, readers) < LARGEST_SHARE) return undefined;
  const share = `${Math.round(Math.max(data, readers) * 100)} % of the time`;
  const [what, why] =
    data >= readers
      ? ['data', 'what comes before it is slow']
      : ['readers of its events', 'what they are piped into is slow'];
  return {
    rule: 'bottleneck',
    step: last.step,
    tone: 'note',
    sentences: [`the training waits for ${what} ${share}: ${why}`, `waits for ${what} ${share}`, `waits for ${what}`],
  };
}
