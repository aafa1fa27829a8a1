// What came of a run that has ended.
import { join } from 'node:path';
import { formatCount, formatDuration, formatLoss, formatSpeed } from '../format.js';
import type { DashboardState } from '../state.js';

/** How it ended, after how much, how fast. */
export function outcomeOf({ status, epochs, step, elapsedMs, imagesPerSecond }: DashboardState): string {
  const count = epochs.at(-1)?.epoch ?? 0;
  const done = `${formatCount(count)} ${count === 1 ? 'epoch' : 'epochs'}, ${formatCount(step)} steps`;
  const speed = imagesPerSecond === undefined ? '' : `, ${formatSpeed(imagesPerSecond)} images/s`;
  return `${status}: ${done} in ${formatDuration(elapsedMs)}${speed}`;
}

/** The best epoch and its loss; nothing where none was finished. */
export function bestOf({ bestEpoch }: DashboardState): string | undefined {
  if (bestEpoch === undefined) return undefined;
  const { epoch, testLoss, trainLoss } = bestEpoch;
  return testLoss === undefined
    ? `epoch ${epoch} (train ${formatLoss(trainLoss)})`
    : `epoch ${epoch} (test ${formatLoss(testLoss)})`;
}

/** Where the model is, if there is one. */
export function modelPath({ run, status }: DashboardState): string | undefined {
  const output = run?.config.output;
  if (typeof output !== 'string' || (status !== 'completed' && status !== 'stopped')) return undefined;
  return join(output, 'model.safetensors');
}
