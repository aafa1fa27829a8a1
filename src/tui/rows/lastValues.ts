// The last values, the most important first.
import { batchSizeOf } from '../../dashboard/comparison.js';
import { formatLoss, formatMetric, formatPrinted, formatSpeed } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { MetricEvent } from '../../events/schema.js';
import { printable } from '../../text/printable.js';
import type { Span } from '../theme/theme.js';

export interface Value {
  readonly label: string;
  readonly value: string;
  readonly note?: Span;
}

/** What the notebook prints: its batch size times the mean squared error. */
export function printedLabel(state: DashboardState): string {
  const batchSize = batchSizeOf(state);
  return batchSize === undefined ? 'printed' : `${batchSize} × train`;
}

/** As many as there is room for. */
export function valuesOf(state: DashboardState, count: number): Value[] {
  const values: Value[] = [
    { label: 'loss', value: formatLoss(state.loss) },
    printedValue(state),
    test(state),
    { label: 'images/s', value: formatSpeed(state.imagesPerSecond) },
    // Whoever measures something wants to see it more than what hardly changes.
    ...state.metrics.map(metricValue),
    { label: 'learning rate', value: state.learningRate === undefined ? '–' : String(state.learningRate) },
  ];
  return values.slice(0, count);
}

const [LABEL_COLUMNS, VALUE_COLUMNS] = [14, 8];

/** They as rows, aligned with each other. */
export function valueRows(state: DashboardState, count: number): Span[][] {
  return valuesOf(state, count).map(({ label, value, note }) => [
    ['label', label],
    ['value', ' '.repeat(Math.max(0, LABEL_COLUMNS - label.length)) + value.padEnd(VALUE_COLUMNS)],
    ...(note === undefined ? [] : [note]),
  ]);
}

/** As much of a unit as stands beside a value. */
const UNIT_COLUMNS = 8;

function metricValue({ name, split, value, unit }: MetricEvent): Value {
  const label = cut(printable(split === undefined ? name : `${name} ${split}`), LABEL_COLUMNS - 1);
  const shown = { label, value: formatMetric(value) };
  return unit === undefined ? shown : { ...shown, note: ['label', cut(printable(unit), UNIT_COLUMNS)] };
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

/** The last epoch as the notebook would print it, the notebook's own figure beside it. */
export function printedValue(state: DashboardState): Value {
  const { printedLoss, notebookLoss } = state.epochs.at(-1) ?? {};
  const value = { label: printedLabel(state), value: formatPrinted(printedLoss) };
  if (notebookLoss === undefined) return value;
  return { ...value, note: ['baseline', `notebook ${formatPrinted(notebookLoss)}`] };
}

function test({ epochs, bestEpoch }: DashboardState): Value {
  const { testLoss, epoch } = epochs.at(-1) ?? {};
  const value = { label: 'test', value: formatLoss(testLoss) };
  if (testLoss === undefined || bestEpoch === undefined || epochs.length < 2) return value;
  if (epoch === bestEpoch.epoch) return { ...value, note: ['good', '▼ best'] };
  return { ...value, note: ['label', `best ${formatLoss(bestEpoch.testLoss)}`] };
}
