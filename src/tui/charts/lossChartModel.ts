import { ghostOf } from '../../dashboard/comparison.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { toneOfRun } from '../theme/theme.js';
import type { View } from '../viewContext.js';
import { initialInterface } from '../viewState.js';
import { lastStepOf, stepsShown } from './chartWindow.js';
import type { LossChart } from './lossChart.js';
import { asciiOfRun } from './marks.js';

/** The loss chart as the person wants to see it. Several runs are lines alone: everything else would be too much. */
export function lossChartOf(state: DashboardState, view: View): LossChart {
  const { window, scale, cursor } = view.interface ?? initialInterface;
  const runs = view.runs ?? [state];
  const alone = runs.length === 1;
  const charted = runs.map(({ run, history }, place) => ({
    name: printable(run?.run ?? ''),
    history,
    tone: toneOfRun(place),
    ascii: asciiOfRun(place),
  }));
  return {
    runs: chosenFirst(charted, runs.indexOf(state)),
    test: alone ? state.testLosses : [],
    ghost: alone || view.comparison !== undefined ? ghostOf(state, view) : undefined,
    rates: alone ? state.learningRates : [],
    stepsPerEpoch: state.run?.stepsPerEpoch,
    steps: stepsShown(window, cursor, lastStepOf(runs)),
    scale,
    cursor,
  };
}

function chosenFirst<Run>(runs: readonly Run[], chosen: number): Run[] {
  return [...runs.slice(chosen, chosen + 1), ...runs.filter((_, place) => place !== chosen)];
}
