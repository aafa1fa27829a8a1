import type { LossHistory } from './history/lossHistory.js';
import { lossNameOf } from './lossTitle.js';
import type { DashboardState } from './state.js';

/** The mean training loss of an epoch. */
export interface EpochLoss {
  readonly epoch: number;
  readonly loss: number;
}

/** Losses that a run can be compared with: of a file, of an earlier run. */
export interface Comparison {
  /** The name as it stands in "ahead of …". */
  readonly name: string;
  /** The first one that suits the run is taken. None: the run is compared with nothing. */
  readonly curves: readonly ComparisonCurve[];
}

export interface ComparisonCurve {
  /** Name of the only network that it belongs to. @default any */
  readonly architecture?: string;
  readonly epochs: readonly EpochLoss[];
  /** Whether the losses are as the notebook prints them: the mean squared error times the batch size of the run that is compared. @default false */
  readonly timesBatchSize?: boolean;
  /** Where it is an earlier run, its losses step by step. */
  readonly history?: LossHistory;
  /** The loss that these are, as `config` names it. @default 'mse' */
  readonly loss?: string;
  /** Where it is an earlier run, the newest mean squared error of the test images. */
  readonly testError?: EpochLoss;
}

/** What is drawn behind a run: its loss. */
export interface Baseline {
  readonly name: string;
  /** Someone has asked for it; otherwise it is the notebook. */
  readonly chosen: boolean;
  readonly epochs: readonly EpochLoss[];
  readonly history: LossHistory | undefined;
}

/** What a run is compared with: what a person chose, otherwise the notebook where the run is comparable. */
export function baselineOf(
  state: DashboardState,
  { comparison }: { readonly comparison?: Comparison | undefined },
): Baseline | undefined {
  if (state.run === undefined) return undefined;
  const compared = comparison ?? notebookOf(state);
  const curve = curveFor(state.run, compared);
  if (curve === undefined || lossOf(curve) !== lossNameOf(state.run)) return undefined;
  const batchSize = curve?.timesBatchSize === true ? batchSizeOf(state) : 1;
  if (batchSize === undefined) return undefined;
  const epochs = curve.epochs.map(({ epoch, loss }) => ({ epoch, loss: loss / batchSize }));
  return { name: compared.name, chosen: comparison !== undefined, epochs, history: curve.history };
}

/** The curve that belongs to a run, whether or not it is of the run's loss. */
export function curveFor(run: NonNullable<DashboardState['run']>, { curves }: Comparison): ComparisonCurve | undefined {
  const network = run.architecture?.name;
  return curves.find(({ architecture }) => architecture === undefined || architecture === network);
}

/** The loss that a curve is of, as `config` names it. */
export function lossOf({ loss = 'mse' }: ComparisonCurve): string {
  return loss;
}

/** Runs recorded before the `run` event carried all of the notebook's losses have those of the epochs so far. */
function notebookOf({ run, epochs }: DashboardState): Comparison {
  const printed =
    run?.notebookLosses?.map((loss, index) => ({ epoch: index + 1, loss })) ??
    epochs.flatMap(({ epoch, notebookLoss: loss }) => (loss === undefined ? [] : [{ epoch, loss }]));
  return { name: 'the notebook', curves: printed.length === 0 ? [] : [{ epochs: printed, timesBatchSize: true }] };
}

/** Images in a batch, by which the notebook multiplies what it prints. */
export function batchSizeOf({ run }: DashboardState): number | undefined {
  const size = run?.config?.batchSize;
  return typeof size === 'number' && size > 0 ? size : undefined;
}
