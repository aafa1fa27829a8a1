// The last values, the most important first.
import { type Baseline, baselineOf, batchSizeOf } from '../../../dashboard/comparison.js';
import { formatLoss, formatMetric, formatPrinted, formatRate, formatSpeed } from '../../../dashboard/format.js';
import { baselineLossAt } from '../../../dashboard/lead.js';
import type { DashboardState } from '../../../dashboard/state.js';
import type { EpochEvent, MetricEvent } from '../../../events/schema.js';
import { printable } from '../../../text/printable.js';
import type { Span } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';

export interface Value {
  readonly label: string;
  readonly value: string;
  readonly notes?: readonly Span[];
}

export interface EpochLosses {
  readonly train: Value;
  readonly test: Value;
  /** What the run is compared with. */
  readonly reference: Value | undefined;
}

/** The losses of the last epoch, and what it is compared with: all in the run's loss. */
export function epochLosses(state: DashboardState, view: ViewContext): EpochLosses {
  const last = state.epochs.at(-1);
  return {
    train: { label: 'train', value: formatLoss(last?.trainLoss) },
    test: { label: 'test', value: formatLoss(last?.testLoss), notes: bestMark(state) },
    reference: last && referenceValue(state, view, last),
  };
}

/** In one line of words. */
export function valuesOf(state: DashboardState, view: ViewContext): Value[] {
  const { train, test, reference } = epochLosses(state, view);
  return [lastLoss(state), train, test, ...(reference === undefined ? [] : [reference])];
}

const [LABEL_COLUMNS, VALUE_COLUMNS] = [14, 8];

/** As many rows as there is room for, aligned with each other; training and test stand beside each other. */
export function valueRows(state: DashboardState, view: ViewContext, count: number): Span[][] {
  const { train, test, reference } = epochLosses(state, view);
  const beside: Span[] = [['label', 'test '], ['value', `${test.value} `], ...(test.notes ?? [])];
  const rows: Value[] = [
    lastLoss(state),
    { ...train, notes: beside },
    ...(reference === undefined ? [] : [reference]),
    { label: 'images/s', value: formatSpeed(state.imagesPerSecond) },
    // Whoever measures something wants to see it more than what hardly changes.
    ...state.metrics.map(metricValue),
    { label: 'learning rate', value: state.learningRate === undefined ? '–' : formatRate(state.learningRate) },
  ];
  return rows
    .slice(0, count)
    .map(({ label, value, notes = [] }) => [
      ['label', label],
      ['value', ' '.repeat(Math.max(0, LABEL_COLUMNS - label.length)) + value.padEnd(VALUE_COLUMNS)],
      ...notes,
    ]);
}

function lastLoss({ loss }: DashboardState): Value {
  return { label: 'loss', value: formatLoss(loss) };
}

/** As much of a unit as stands beside a value. */
const UNIT_COLUMNS = 8;

function metricValue({ name, split, value, unit }: MetricEvent): Value {
  const label = cut(printable(split === undefined ? name : `${name} ${split}`), LABEL_COLUMNS - 1);
  const shown = { label, value: formatMetric(value) };
  return unit === undefined ? shown : { ...shown, notes: [['label', cut(printable(unit), UNIT_COLUMNS)]] };
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

/** What a run is compared with, without the article of `the notebook`. */
export function referenceName({ name }: Baseline, columns = LABEL_COLUMNS - 1): string {
  return cut(printable(name).replace(/^the /, ''), columns);
}

/** What it was after this epoch; of the notebook also what that printed. */
function referenceValue(
  state: DashboardState,
  view: ViewContext,
  { step, notebookLoss }: EpochEvent,
): Value | undefined {
  const baseline = baselineOf(state, view);
  if (baseline === undefined) return undefined;
  const loss = baselineLossAt(baseline, step, state.run?.stepsPerEpoch);
  // One that is shorter has ended somewhere.
  if (loss === undefined) return endOf(baseline);
  const value = { label: referenceName(baseline), value: formatLoss(loss) };
  const batchSize = batchSizeOf(state);
  if (baseline.chosen || notebookLoss === undefined || batchSize === undefined) return value;
  return { ...value, notes: [['baseline', `× ${batchSize} = ${formatPrinted(notebookLoss)}`]] };
}

function endOf(baseline: Baseline): Value | undefined {
  const { history, epochs, chosen } = baseline;
  const loss = history?.mean ?? epochs.at(-1)?.loss;
  if (!chosen || loss === undefined) return undefined;
  return { label: referenceName(baseline), value: formatLoss(loss), notes: [['label', 'at its end']] };
}

function bestMark({ epochs, bestEpoch }: DashboardState): Span[] {
  const last = epochs.at(-1);
  const isBest = last?.testLoss !== undefined && epochs.length > 1 && last.epoch === bestEpoch?.epoch;
  return isBest ? [['good', '▼']] : [];
}
