// How a run stands beside what it is compared with.
import type { Baseline, EpochLoss } from './comparison.js';
import { firstStepBelow, valueAt } from './history/readHistory.js';
import type { DashboardState } from './state.js';

export interface Lead {
  /** The epoch after which the two are compared; nothing where they are compared at the step itself. */
  readonly epoch: number | undefined;
  /** How far this run's loss lies above the other one (or, negative, below), as a share of it. */
  readonly above: number | undefined;
  /** How much earlier (or, negative, later) this run came to its loss than the other one did. */
  readonly ahead: LeadTime | undefined;
}

export interface LeadTime {
  readonly amount: number;
  readonly unit: 'epochs' | 'steps';
  /** It is more: the other one never came so low, or was lower from its first epoch on. */
  readonly atLeast: boolean;
}

/**
 * Compares the means of the last epoch finished at a step, or, with an earlier run step by step, the exponential means there.
 * @param step @default the newest
 */
export function leadAt(state: DashboardState, baseline: Baseline, step: number = state.step): Lead {
  return baseline.history === undefined ? epochLead(state, baseline.epochs, step) : stepLead(state, baseline, step);
}

function epochLead({ epochs }: DashboardState, others: readonly EpochLoss[], step: number): Lead {
  const own = epochs
    .filter((finished) => finished.step <= step)
    .map(({ epoch, trainLoss }) => ({ epoch, loss: trainLoss }));
  const last = own.at(-1);
  if (last === undefined) return { epoch: undefined, above: undefined, ahead: undefined };
  const other = others.find(({ epoch }) => epoch === last.epoch);
  return {
    epoch: last.epoch,
    above: shareAbove(last.loss, other?.loss),
    ahead: leadTimeInEpochs(own, others, last.loss),
  };
}

function leadTimeInEpochs(own: readonly EpochLoss[], others: readonly EpochLoss[], loss: number): LeadTime | undefined {
  const [here, there] = [epochReaching(own, loss), epochReaching(others, loss)];
  const lastThere = others.at(-1)?.epoch;
  if (here === undefined || lastThere === undefined) return undefined;
  if (there === undefined)
    return lastThere > here ? { amount: lastThere - here, unit: 'epochs', atLeast: true } : undefined;
  const atOnce = there === others[0]?.epoch && others[0].loss < loss;
  if (atOnce && here <= there) return undefined;
  return { amount: there - here, unit: 'epochs', atLeast: atOnce };
}

/** Where the losses, joined by lines, first come as low as this. */
function epochReaching(epochs: readonly EpochLoss[], loss: number): number | undefined {
  const place = epochs.findIndex((epoch) => epoch.loss <= loss);
  const [reached, before] = [epochs[place], epochs[place - 1]];
  if (reached === undefined || before === undefined) return reached?.epoch;
  const share = (before.loss - loss) / (before.loss - reached.loss);
  return Number.isFinite(share) ? before.epoch + share * (reached.epoch - before.epoch) : reached.epoch;
}

function stepLead({ history, run }: DashboardState, { history: other }: Baseline, step: number): Lead {
  const own = valueAt(history, step);
  if (own === undefined || other === undefined) return { epoch: undefined, above: undefined, ahead: undefined };
  const there = own.to <= other.lastStep ? valueAt(other, own.to) : undefined;
  const above = shareAbove(own.mean, there?.mean);
  const here = firstStepBelow(history, own.mean) ?? own.to;
  const reached = firstStepBelow(other, own.mean);
  const steps = (reached ?? other.lastStep) - here;
  if (reached === undefined && steps <= 0) return { epoch: undefined, above, ahead: undefined };
  return { epoch: undefined, above, ahead: { ...inEpochs(steps, run?.stepsPerEpoch), atLeast: reached === undefined } };
}

/** Below this a lead is said in steps. */
const LEAST_EPOCHS = 0.1;

function inEpochs(steps: number, stepsPerEpoch: number | undefined): Omit<LeadTime, 'atLeast'> {
  const epochs = steps / (stepsPerEpoch ?? Number.POSITIVE_INFINITY);
  return Math.abs(epochs) < LEAST_EPOCHS ? { amount: steps, unit: 'steps' } : { amount: epochs, unit: 'epochs' };
}

function shareAbove(own: number, other: number | undefined): number | undefined {
  const share = own / (other ?? Number.NaN) - 1;
  return Number.isFinite(share) ? share : undefined;
}

/** What the comparison is at a step: the loss of the epoch that it belongs to, or of an earlier run there. */
export function baselineLossAt(
  { history, epochs }: Baseline,
  step: number,
  stepsPerEpoch: number | undefined,
): number | undefined {
  if (history !== undefined) return step <= history.lastStep ? valueAt(history, step)?.mean : undefined;
  const epoch = Math.ceil(step / (stepsPerEpoch ?? Number.NaN));
  return epochs.find((candidate) => candidate.epoch === epoch)?.loss;
}
