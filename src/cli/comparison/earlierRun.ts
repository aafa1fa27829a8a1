import { createReadStream } from 'node:fs';
import type { ComparisonCurve, EpochLoss } from '../../dashboard/comparison.js';
import { lossNameOf } from '../../dashboard/lossTitle.js';
import { type DashboardState, initialState, reduceAll } from '../../dashboard/state.js';
import { RunError } from '../../errors.js';
import { EventReader, isEvent } from '../../events/ndjson.js';
import { runNameOf } from '../../events/runName.js';
import type { MillraceEvent } from '../../events/schema.js';

/** All that a curve is made of; samples would cost more than all the rest. */
const NEEDED: ReadonlySet<MillraceEvent['type']> = new Set(['run', 'loss', 'epoch', 'metric']);

/** A recorded run to compare with. */
export interface EarlierRun {
  /** What it was called with `name`. */
  readonly name: string | undefined;
  readonly curve: ComparisonCurve;
}

/**
 * The losses of a recorded run, step by step and epoch by epoch; a torn end is left out.
 * @returns nothing where the file holds no event
 * @throws RunError when it cannot be read, or the run has no loss yet
 */
export async function readEarlierRun(file: string): Promise<EarlierRun | undefined> {
  const reader = new EventReader();
  let state: DashboardState = initialState;
  let any = false;
  const take = (events: readonly MillraceEvent[]): void => {
    any ||= events.length > 0;
    state = reduceAll(
      state,
      events.filter(({ type }) => NEEDED.has(type)),
    );
  };
  try {
    for await (const piece of createReadStream(file)) take(reader.push(piece).filter(isEvent));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem = `this file cannot be read (${code})`;
    throw new RunError({
      code: 'COMPARISON_UNREADABLE',
      path: file,
      problem,
      advice: 'Name another file.',
      cause,
    });
  }
  take(reader.flush().filter(isEvent));
  if (!any) return undefined;
  const { history, run } = state;
  const epochs = state.epochs.map(({ epoch, trainLoss }) => ({ epoch, loss: trainLoss }));
  const testError = testErrorOf(state);
  if (history.lastStep > 0)
    return {
      name: run && runNameOf(run),
      curve: { epochs, history, loss: lossNameOf(run), ...(testError !== undefined && { testError }) },
    };
  throw new RunError({
    code: 'COMPARISON_FORM',
    path: file,
    problem: 'this run has no loss yet',
    advice: 'Compare with a run that has trained.',
  });
}

/** What the run says of its test images: the loss itself, or beside another one the metric. */
function testErrorOf({ run, epochs, metrics }: DashboardState): EpochLoss | undefined {
  if (lossNameOf(run) === 'mse') {
    const tested = epochs.findLast(({ testLoss }) => testLoss !== undefined);
    return tested && { epoch: tested.epoch, loss: tested.testLoss! };
  }
  const metric = metrics.find(({ name, split }) => name === 'mse' && split === 'test');
  return metric && { epoch: metric.epoch, loss: metric.value };
}
