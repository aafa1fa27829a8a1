// Events with just the fields that a rule looks at, and the common ones.
import type { EpochEvent, StatsEvent } from '../../../src/events/schema.js';

const common = { run: '20261123-120000-abcd', seq: 0, time: '2026-11-23T12:00:00.000Z', elapsedMs: 0 };
const STEPS = 100;

/** An epoch of 100 steps for each pair of losses. */
export function epochsOf(losses: readonly (readonly [train: number, test?: number])[]): EpochEvent[] {
  return losses.map(([trainLoss, testLoss], index) => ({
    ...common,
    type: 'epoch',
    epoch: index + 1,
    step: (index + 1) * STEPS,
    trainLoss,
    ...(testLoss !== undefined && { testLoss }),
    printedLoss: 20 * trainLoss,
    imagesPerSecond: 1000,
    durationMs: 1000,
  }));
}

/** A reading at a step, with where the time since the run began went. */
export function statsOf(step: number, phases?: Partial<NonNullable<StatsEvent['phases']>>): StatsEvent {
  const none = { dataMs: 0, forwardBackwardMs: 0, updateMs: 0, waitingMs: 0, otherMs: 0 };
  return {
    ...common,
    type: 'stats',
    epoch: 1,
    step,
    imagesPerSecond: 1000,
    rssBytes: 1,
    stages: [],
    ...(phases && { phases: { ...none, ...phases } }),
  };
}
