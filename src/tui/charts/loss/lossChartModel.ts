import { type Baseline, baselineOf } from '../../../dashboard/comparison.js';
import type { LossHistory } from '../../../dashboard/history/lossHistory.js';
import type { StepRange } from '../../../dashboard/history/stepRange.js';
import type { StepValue } from '../../../dashboard/history/stepValues.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { printable } from '../../../text/printable.js';
import type { Tone } from '../../theme/palette.js';
import { toneOfRun } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState } from '../../viewState.js';
import { lastStepOf, stepsChosen } from './chartWindow.js';
import type { ScaleKind } from './lossScale.js';
import { asciiOfRun } from './marks.js';

export interface LossChart {
  /** Of several, each one is a line in its own tone; the first lies over the others. */
  readonly runs: readonly ChartedRun[];
  readonly baseline: Baseline | undefined;
  /** Learning rates, each with the first step that took it: changes are marked. */
  readonly rates: readonly StepValue[];
  readonly stepsPerEpoch: number | undefined;
  readonly steps: StepRange;
  readonly scale: ScaleKind;
  /** A step that is marked by a vertical line. */
  readonly cursor: number | undefined;
}

export interface ChartedRun {
  readonly name: string;
  readonly history: LossHistory;
  /** Losses on the test images. */
  readonly test: readonly StepValue[];
  readonly tone: Tone;
  readonly testTone: Tone;
  /** What its line is made of in ASCII. */
  readonly ascii: string;
  /** Among the runs, as they are listed. */
  readonly place: number;
}

/** The loss chart as the person wants to see it. Several runs are two lines each, training and test: everything else would be too much. */
export function lossChartOf(state: DashboardState, view: ViewContext): LossChart {
  const chosen = view.viewState ?? initialViewState;
  const { scale, cursor } = chosen;
  const runs = view.runs ?? [state];
  const alone = runs.length === 1;
  const charted = runs.map(({ run, history, testLosses }, place): ChartedRun => {
    const tone = toneOfRun(place);
    const name = printable(view.runNames?.[place] ?? run?.run ?? `run ${place + 1}`);
    return { name, history, test: testLosses, tone, testTone: alone ? 'test' : tone, ascii: asciiOfRun(place), place };
  });
  return {
    runs: chosenFirst(charted, runs.indexOf(state)),
    baseline: alone || view.comparison !== undefined ? baselineOf(state, view) : undefined,
    rates: alone ? state.learningRates : [],
    stepsPerEpoch: state.run?.stepsPerEpoch,
    steps: stepsChosen(state, chosen, lastStepOf(runs)),
    scale,
    cursor,
  };
}

function chosenFirst<Run>(runs: readonly Run[], chosen: number): Run[] {
  return [...runs.slice(chosen, chosen + 1), ...runs.filter((_, place) => place !== chosen)];
}
