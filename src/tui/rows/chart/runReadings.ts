// The values of several runs at one step, each in a row of its own.

import { formatCount, formatLoss } from '../../../dashboard/format.js';
import { centredMeanAt } from '../../../dashboard/history/centredMean.js';
import { valueAt } from '../../../dashboard/history/readHistory.js';
import { valueUpTo } from '../../../dashboard/history/stepValues.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { printable } from '../../../text/printable.js';
import { asciiOfRun, lineMark } from '../../charts/loss/marks.js';
import type { Glyphs } from '../../theme/capabilities.js';
import { type Span, toneOfRun } from '../../theme/theme.js';
import { firstThatFits } from '../fitWords.js';

const LOSS_COLUMNS = 7;

/** In the order of the runs. A run that did not come so far shows its last values, and says of which step. */
export function runReadings(
  runs: readonly DashboardState[],
  cursor: number | undefined,
  columns: number,
  glyphs: Glyphs,
  names: readonly string[] = [],
): Span[][] {
  return runs.map(({ run, step: newest, history, testLosses }, place) => {
    const step = Math.min(cursor ?? newest, newest);
    const value = valueAt(history, step);
    const test = valueUpTo(testLosses, step);
    const tail = cursor !== undefined && cursor <= newest ? '' : ` · step ${formatCount(step)}`;
    const head: Span[] = [
      [toneOfRun(place), ` ${lineMark(asciiOfRun(place), glyphs)} `],
      ['label', `${printable(names[place] ?? run?.run ?? `run ${place + 1}`)} `],
      [
        'value',
        'smoothed '.concat(formatLoss(value && (centredMeanAt(history, step) ?? value.mean)).padEnd(LOSS_COLUMNS)),
      ],
    ];
    const tested: Span[] = test === undefined ? [] : [['value', ` · test ${formatLoss(test).padEnd(LOSS_COLUMNS)}`]];
    return firstThatFits([[...head, ...tested, ['label', tail]], [...head, ...tested], head], columns - 1);
  });
}
