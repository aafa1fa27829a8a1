// Which part of the pipeline the others wait for, in one sentence.

import { printable } from '../../text/printable.js';
import { formatPercent } from '../format.js';
import type { StageShares } from './stageShares.js';

/** Below this share of the time nothing is in the way of the others. */
const LEAST_SHARE = 0.5;

export function stageName(name: string): string {
  return name === 'train' ? 'training' : printable(name);
}

/** Nothing where nothing has been measured. */
export function bottleneckSentence(stages: readonly StageShares[]): string | undefined {
  const [first, last] = [stages[0], stages.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const end = stageName(last.name);
  const candidates = [
    {
      share: first.waits,
      sentence: `the source is the bottleneck: ${end} waits ${formatPercent(last.waits)} of the time`,
    },
    {
      share: last.blocked,
      sentence: `the readers of the events are the bottleneck: they block ${end} ${formatPercent(last.blocked)} of the time`,
    },
    ...stages.map((stage, place) => ({ share: stage.works, sentence: stageSentence(stage, stages[place - 1]) })),
  ];
  const slowest = candidates.reduce((one, other) => (other.share > one.share ? other : one));
  return slowest.share >= LEAST_SHARE ? slowest.sentence : 'no bottleneck: nothing is busy more than half of the time';
}

function stageSentence({ name, works }: StageShares, before: StageShares | undefined): string {
  const bottleneck = `${stageName(name)} is the bottleneck`;
  if (before === undefined) return `${bottleneck}: it works ${formatPercent(works)} of the time`;
  return `${bottleneck}: ${stageName(before.name)} is blocked ${formatPercent(before.blocked)} of the time`;
}
