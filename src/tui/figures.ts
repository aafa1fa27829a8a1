// Figures that follow from the state: progress, time left, how the run compares with the notebook.
import { millisecondsAStep } from './pace.js';
import type { DashboardState } from './state.js';

export interface Progress {
  /** Shares 0..1; unknown where a stream does not say how long it is. */
  readonly epoch: number | undefined;
  readonly run: number | undefined;
  readonly goneMs: number;
  readonly leftMs: number | undefined;
}

export function progressOf({ run, epoch, step, elapsedMs, pace, end }: DashboardState): Progress {
  const { stepsPerEpoch, epochs = 0 } = run ?? {};
  if (stepsPerEpoch === undefined || stepsPerEpoch === 0)
    return { epoch: undefined, run: undefined, goneMs: elapsedMs, leftMs: undefined };
  const total = stepsPerEpoch * epochs;
  const each = end === undefined ? millisecondsAStep(pace) : undefined;
  return {
    epoch: (step - (epoch - 1) * stepsPerEpoch) / stepsPerEpoch,
    run: step / total,
    goneMs: elapsedMs,
    leftMs: each === undefined ? undefined : Math.max(0, total - step) * each,
  };
}

/** Images in a batch, by which the notebook multiplies what it prints. */
export function batchSizeOf({ run }: DashboardState): number | undefined {
  const size = run?.config.batchSize;
  return typeof size === 'number' ? size : undefined;
}

/** The notebook's epochs on the scale of the mean squared error. */
export function ghostOf(state: DashboardState): { readonly epoch: number; readonly loss: number }[] {
  const batchSize = batchSizeOf(state);
  if (batchSize === undefined) return [];
  return state.epochs.flatMap(({ epoch, notebookLoss }) =>
    notebookLoss === undefined ? [] : [{ epoch, loss: notebookLoss / batchSize }],
  );
}

/** How far the last epoch lies above (or, negative, below) the notebook's, as a share of it. */
export function aboveNotebook({ epochs }: DashboardState): number | undefined {
  const { printedLoss, notebookLoss } = epochs.at(-1) ?? {};
  if (printedLoss === undefined || notebookLoss === undefined || !(notebookLoss > 0)) return undefined;
  return printedLoss / notebookLoss - 1;
}
