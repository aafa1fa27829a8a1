// What the loss chart draws, on the places of its dots from left to right.
import type { Baseline } from '../../../dashboard/comparison.js';
import { centred } from '../../../dashboard/history/centredMean.js';
import type { LossColumn } from '../../../dashboard/history/lossBuckets.js';
import type { LossHistory } from '../../../dashboard/history/lossHistory.js';
import { placed } from '../../../dashboard/history/readHistory.js';
import { placeOf, type StepRange } from '../../../dashboard/history/stepRange.js';
import type { StepValue } from '../../../dashboard/history/stepValues.js';
import type { LossChart } from './lossChartModel.js';

export type Places = readonly (LossColumn | undefined)[];

export interface LossSeries {
  /** Of each run. */
  readonly runs: readonly Places[];
  /** Of each run. */
  readonly test: readonly (readonly PlacedLoss[])[];
  /** Of an earlier run, step by step. */
  readonly baseline: Places;
  /** Of a comparison that knows only its epochs. */
  readonly baselineEpochs: readonly (PlacedLoss & { readonly end: number })[];
}

export interface PlacedLoss {
  readonly place: number;
  readonly loss: number;
}

export function lossSeries({ runs, baseline, stepsPerEpoch, steps }: LossChart, count: number): LossSeries {
  const places = (history: LossHistory): Places => centred(history, steps, placed(history, steps, count));
  return {
    runs: runs.map(({ history }) => places(history)),
    test: runs.map(({ test }) => placedValues(test, steps, count)),
    baseline: baseline?.history === undefined ? [] : places(baseline.history),
    baselineEpochs:
      baseline === undefined || baseline.history !== undefined || stepsPerEpoch === undefined
        ? []
        : placedEpochs(baseline, stepsPerEpoch, steps, count),
  };
}

function placedValues(values: readonly StepValue[], steps: StepRange, count: number): PlacedLoss[] {
  return values
    .filter(({ step }) => step >= steps.from && step <= steps.to)
    .map(({ step, value }) => ({ place: placeOf(step, steps, count), loss: value }));
}

function placedEpochs({ epochs }: Baseline, stepsPerEpoch: number, steps: StepRange, count: number) {
  return epochs
    .map(({ epoch, loss }) => ({ from: (epoch - 1) * stepsPerEpoch + 1, to: epoch * stepsPerEpoch, loss }))
    .filter(({ from, to }) => to >= steps.from && from <= steps.to)
    .map(({ from, to, loss }) => ({ place: placeOf(from, steps, count), end: placeOf(to, steps, count), loss }));
}

/** Steps at the beginning of a run that its other steps do not have to make room for. */
const PLUNGE = 0.05;
/** A run of fewer steps is all beginning. */
const LEAST_STEPS = 100;

/** The first place whose loss has to be seen: what a run begins with would take half of the height. Nothing in a window of later steps, and where the first steps have room. */
export function firstFitted({ from, to, logarithmic = false }: StepRange, count: number): number {
  return from > 1 || to < LEAST_STEPS || logarithmic ? 0 : Math.ceil(count * PLUNGE);
}

/**
 * All losses that have to be seen; of several runs their means, which is what is drawn of their training.
 * @param first place that counts, where there is a loss from there on
 */
export function* lossesIn({ runs, test, baseline, baselineEpochs }: LossSeries, first: number): Generator<number> {
  for (const all of runs) {
    const fitted = all.slice(first);
    for (const column of fitted.some((column) => column?.finite) ? fitted : all)
      if (column?.finite === true) {
        yield column.mean;
        if (runs.length > 1) continue;
        yield column.min;
        yield column.max;
      }
  }
  for (const column of baseline.slice(first)) if (column?.finite === true) yield column.mean;
  for (const { place, loss } of test.flat()) if (place >= first) yield loss;
  for (const { end, loss } of baselineEpochs) if (end >= first) yield loss;
}
