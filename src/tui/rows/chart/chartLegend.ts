// What the loss chart shows, in words: its curves, its scale, its steps.

import { formatCount } from '../../../dashboard/format.js';
import { printable } from '../../../text/printable.js';
import { RECENT_STEPS } from '../../charts/loss/chartWindow.js';
import type { LossChart } from '../../charts/loss/lossChartModel.js';
import { baselineMark, LESS_SIGN, lineMark, MORE_SIGN, testSign } from '../../charts/loss/marks.js';
import type { Glyphs } from '../../theme/capabilities.js';
import { type Span, toneOfBaseline } from '../../theme/theme.js';
import type { ChartWindow } from '../../viewState.js';

/** From the most words on. @param title what the losses are called */
export function chartLegend(chart: LossChart, title: string, window: ChartWindow, glyphs: Glyphs): Span[][] {
  const curves = curveMarks(chart, glyphs, (name) => name);
  const short = curveMarks({ ...chart, baseline: undefined, rates: [] }, glyphs, (name) => name.slice(-SHORT_NAME));
  const part = windowWords(chart, window);
  const scale = chart.scale === 'log' ? 'logarithmic' : 'linear';
  const words = (...texts: string[]): Span[] =>
    texts.filter((text) => text !== '').map((text) => ['label', `${text} · `]);
  const even = chart.steps.logarithmic === true ? 'steps logarithmic' : '';
  const narrow = words(chart.scale === 'log' ? '' : scale, even, part);
  return [
    [...words(`${title}, ${scale}`, even, part), ...curves],
    [...words(scale, even, part), ...curves],
    [...narrow, ...curves],
    [...narrow, ...short],
    short,
  ];
}

/** The end of a run's id, which tells it from others. */
const SHORT_NAME = 4;

function curveMarks({ runs, baseline, rates }: LossChart, glyphs: Glyphs, named: (name: string) => string): Span[] {
  const inOrder = runs.toSorted((one, other) => one.place - other.place);
  const tested = runs.some(({ test }) => test.length > 0);
  const marks: Span[][] = inOrder.map(({ name, tone, ascii }) => [
    [tone, lineMark(ascii, glyphs)],
    ['label', ` ${runs.length === 1 ? 'train' : named(name)}`],
  ]);
  if (tested) marks.push([testSign(runs.length === 1 ? 'test' : 'label', glyphs), ['label', ' test']]);
  if (baseline !== undefined)
    marks.push([
      [toneOfBaseline(baseline), baselineMark(glyphs)],
      ['label', ` ${printable(baseline.name)}`],
    ]);
  if (rates.length > 1) marks.push([MORE_SIGN, LESS_SIGN, ['label', ' learning rate']]);
  return marks.flatMap((mark, index): Span[] => (index === 0 ? mark : [['value', '  '], ...mark]));
}

/** Nothing where all steps are shown. */
function windowWords({ steps, runs }: LossChart, window: ChartWindow): string {
  if (window === 'all') return '';
  const newest = Math.max(...runs.map(({ history }) => history.lastStep));
  if (window === 'recent' && steps.to === newest) return `last ${formatCount(RECENT_STEPS)} steps`;
  return `steps ${formatCount(steps.from)}–${formatCount(steps.to)}`;
}
