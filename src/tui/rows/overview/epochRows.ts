// The table of epochs: training, test, and what they are compared with, as the run's loss.
import { baselineOf } from '../../../dashboard/comparison.js';
import { formatLoss } from '../../../dashboard/format.js';
import { baselineLossAt } from '../../../dashboard/lead.js';
import type { DashboardState } from '../../../dashboard/state.js';
import type { EpochEvent } from '../../../events/schema.js';
import { EPOCH_COLUMNS, EPOCH_LABEL_COLUMNS } from '../../layout/layout.js';
import type { Tone } from '../../theme/palette.js';
import { type Span, toneOfBaseline } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { referenceName } from './lastValues.js';

/** One row for the numbers of the epochs, one each for what is known of them. The best epoch is marked. */
export function epochRows(state: DashboardState, view: ViewContext, count: number): Span[][] {
  const shown = epochsShown(state, view.viewState?.cursor, count);
  const tested = shown.some(({ testLoss }) => testLoss !== undefined);
  const baseline = baselineOf(state, view);
  const row = (label: string, tone: Tone, textOf: (epoch: EpochEvent) => string, marked = false): Span[] => [
    ['label', ` ${label}`.padEnd(EPOCH_LABEL_COLUMNS)],
    ...shown.map((epoch): Span => {
      const isBest = marked && epoch.epoch === state.bestEpoch?.epoch;
      return [isBest ? 'good' : tone, (isBest ? '▼' : ' ') + textOf(epoch).padEnd(EPOCH_COLUMNS - 1)];
    }),
  ];
  const rows = [
    row('epoch', 'label', ({ epoch }) => String(epoch).padStart(7)),
    row('train', 'value', ({ trainLoss }) => formatLoss(trainLoss), !tested),
  ];
  if (tested) rows.push(row('test', 'value', ({ testLoss }) => formatLoss(testLoss), true));
  if (baseline !== undefined) {
    const lossAt = ({ step }: EpochEvent) => baselineLossAt(baseline, step, state.run?.stepsPerEpoch);
    rows.push(row(referenceName(baseline), toneOfBaseline(baseline), (epoch) => formatLoss(lossAt(epoch))));
  }
  return rows;
}

/** The last ones, or those up to the step that is looked at: the table goes with the cursor. */
function epochsShown({ epochs }: DashboardState, cursor: number | undefined, count: number): readonly EpochEvent[] {
  if (count <= 0) return [];
  const here = cursor === undefined ? -1 : epochs.findIndex(({ step }) => step >= cursor);
  const end = here < 0 ? epochs.length : Math.max(here + 1, Math.min(count, epochs.length));
  return epochs.slice(Math.max(0, end - count), end);
}
