// Figures that follow from the state: progress and time left.
import { millisecondsAStep } from './performance/stepTime.js';
import type { DashboardState } from './state.js';

export interface Progress {
  /** Shares 0..1; unknown where a stream does not say how long it is. */
  readonly epoch: number | undefined;
  readonly run: number | undefined;
  readonly elapsedMs: number;
  readonly leftMs: number | undefined;
}

export function progressOf({ run, epoch, step, elapsedMs, pace, end }: DashboardState): Progress {
  const { stepsPerEpoch, epochs = 0 } = run ?? {};
  if (stepsPerEpoch === undefined || stepsPerEpoch === 0)
    return { epoch: undefined, run: undefined, elapsedMs, leftMs: undefined };
  const total = stepsPerEpoch * epochs;
  const each = end === undefined ? millisecondsAStep(pace) : undefined;
  return {
    epoch: (step - (epoch - 1) * stepsPerEpoch) / stepsPerEpoch,
    run: step / total,
    elapsedMs,
    leftMs: each === undefined ? undefined : Math.max(0, total - step) * each,
  };
}
