// What came of a run that has ended.
import { join } from 'node:path';
import { formatCount, formatDuration, formatLoss, formatSpeed } from '../../../dashboard/format.js';
import type { DashboardState } from '../../../dashboard/state.js';

/** How it ended, after how much, how fast. */
export function outcomeOf(state: DashboardState): string {
  return outcomesOf(state)[0]!;
}

/** The same in ever fewer words. */
export function outcomesOf({ status, epochs, step, elapsedMs, imagesPerSecond }: DashboardState): string[] {
  const count = epochs.at(-1)?.epoch ?? 0;
  const done = `${formatCount(count)} ${count === 1 ? 'epoch' : 'epochs'}`;
  const overall = speedOver(epochs) ?? imagesPerSecond;
  const speed = overall === undefined ? '' : `, ${formatSpeed(overall)} images/s`;
  const time = formatDuration(elapsedMs);
  return [
    `${status}: ${done}, ${formatCount(step)} steps in ${time}${speed}`,
    `${status}: ${done} in ${time}${speed}`,
    `${status} in ${time}${speed}`,
    `${status} in ${time}`,
    status,
  ];
}

/** Images a second of the training alone, over all epochs. */
function speedOver(epochs: DashboardState['epochs']): number | undefined {
  const milliseconds = epochs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const images = epochs.reduce((sum, { durationMs, imagesPerSecond }) => sum + durationMs * imagesPerSecond, 0);
  return milliseconds > 0 ? images / milliseconds : undefined;
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
  const output = run?.config?.output;
  if (typeof output !== 'string' || (status !== 'completed' && status !== 'stopped')) return undefined;
  return join(output, 'model.safetensors');
}
