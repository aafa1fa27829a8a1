import type { StatsEvent } from '../../events/schema.js';
import { busiestStage, phasesBetween } from '../performance/phases.js';
import type { Advice, Finding } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** Below this the training is what takes the time, as it should be. */
const LARGEST_SHARE = 0.3;
/** A shorter stretch is a hiccup. */
const LEAST_MS = 3000;

/** Over the last readings the training has waited: for data, or for those who read its events. */
export function inputBound({ stats }: Pick<Symptoms, 'stats'>): Finding | undefined {
  const [first, last] = [stats.at(0), stats.at(-1)];
  const spent = first?.phases && last && phasesBetween(first, last);
  if (spent === undefined) return undefined;
  const total = Object.values(spent).reduce((sum, milliseconds) => sum + milliseconds, 0);
  if (total < LEAST_MS) return undefined;
  const [data, readers] = [spent.dataMs / total, spent.waitingMs / total];
  if (Math.max(data, readers) < LARGEST_SHARE) return undefined;
  const share = `${Math.round(Math.max(data, readers) * 100)} % of the time`;
  const { what, why, advice } = data >= readers ? waitsForData(first!, last!, total) : WAITS_FOR_READERS;
  return {
    rule: 'inputBound',
    step: last!.step,
    severity: 'warning',
    sentences: [`the training waits for ${what} ${share}: ${why}`, `waits for ${what} ${share}`, `waits for ${what}`],
    advice,
  };
}

interface Wait {
  readonly what: string;
  readonly why: string;
  readonly advice: readonly Advice[];
}

/** A stage that works so much of the time is what the others wait for. */
const BUSY_SHARE = 0.5;

function waitsForData(first: StatsEvent, last: StatsEvent, total: number): Wait {
  const stage = busiestStage(first, last);
  const busy = stage !== undefined && stage.busyMs >= BUSY_SHARE * total;
  return {
    what: 'data',
    why: busy ? `the stage ${stage.name} is slow` : 'what comes before it is slow',
    advice: [{ words: 'see which stage works all the time', key: '5' }],
  };
}

const WAITS_FOR_READERS: Wait = {
  what: 'readers of its events',
  why: 'what they are piped into is slow',
  advice: [{ words: 'write the events into a file instead: --events FILE' }],
};
