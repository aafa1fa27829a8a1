import { printable } from '../text/printable.js';
import { lastStepOf, stepsShown } from './charts/chartWindow.js';
import type { LossChart } from './charts/lossChart.js';
import { asciiOfRun } from './charts/marks.js';
import { ghostOf } from './comparison.js';
import { initialInterface } from './interface.js';
import type { DashboardState } from './state.js';
import { toneOfRun } from './theme.js';
import type { View } from './view.js';

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
