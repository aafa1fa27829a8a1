// Figures that follow from the state: progress and time left.
import type { DashboardState } from './state.js';

export interface Progress {
  /** Shares 0..1; unknown where a stream does not say how long it is. */
  readonly epoch: number | undefined;
  readonly run: number | undefined;
  readonly goneMs: number;
  readonly leftMs: number | undefined;
}

/** Less than this says little about the rest of the run. */
const LEAST_MS_FOR_ESTIMATE = 1000;

export function progressOf({ run, epoch, step, elapsedMs, began, end }: DashboardState): Progress {
  const { stepsPerEpoch, epochs = 0 } = run ?? {};
  if (stepsPerEpoch === undefined || stepsPerEpoch === 0)
    return { epoch: undefined, run: undefined, goneMs: elapsedMs, leftMs: undefined };
  const total = stepsPerEpoch * epochs;
  const [steps, milliseconds] = [step - began.step, elapsedMs - began.elapsedMs];
  const known = steps > 0 && milliseconds >= LEAST_MS_FOR_ESTIMATE && end === undefined;
  return {
    epoch: (step - (epoch - 1) * stepsPerEpoch) / stepsPerEpoch,
    run: step / total,
    goneMs: elapsedMs,
    leftMs: known ? ((total - step) * milliseconds) / steps : undefined,
  };
}
