// The exact values at the cursor, or at the newest step.

import { baselineOf } from '../../../dashboard/comparison.js';
import { formatCount, formatLoss, formatRate } from '../../../dashboard/format.js';
import { centredMeanAt } from '../../../dashboard/history/centredMean.js';
import { type LossValue, valueAt } from '../../../dashboard/history/readHistory.js';
import { valueUpTo } from '../../../dashboard/history/stepValues.js';
import { baselineLossAt, leadAt } from '../../../dashboard/lead.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { printable } from '../../../text/printable.js';
import { type Span, toneOfBaseline } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState } from '../../viewState.js';
import { firstThatFits, fitPieces, type Piece } from '../fitWords.js';
import { leadWords } from '../overview/leadWords.js';

/** Of the loss as it is printed. */
const LOSS_COLUMNS = 7;

/** The step, what was measured there, and what it stood at. */
export function readingLine(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const { cursor } = view.viewState ?? initialViewState;
  const step = cursor ?? state.step;
  const value = valueAt(state.history, step);
  const test = valueUpTo(state.testLosses, step);
  const rate = valueUpTo(state.learningRates, step);
  const where = [stepPiece(state, step, value, cursor !== undefined), ...epochPieces(state, step)];
  // Of several runs each one has a row of its own.
  if ((view.runs?.length ?? 1) > 1) return [['value', ' '], ...fitPieces(where, columns - 2)];
  const pieces = [
    ...where,
    ...(value === undefined ? [] : lossPieces({ ...value, mean: centredMeanAt(state.history, step) ?? value.mean })),
    ...(test === undefined ? [] : [piece('test', formatLoss(test).padEnd(LOSS_COLUMNS), 3)]),
    ...(rate === undefined ? [] : [piece('learning rate', formatRate(rate), 4)]),
  ];
  return [['value', ' '], ...fitPieces(pieces, columns - 2)];
}

function piece(label: string, value: string, rank: number): Piece {
  return { span: ['value', label === '' ? value : `${label} ${value}`], rank };
}

function stepPiece(
  { step: newest }: DashboardState,
  step: number,
  value: LossValue | undefined,
  marked: boolean,
): Piece {
  if (step < 1) return { span: ['accent', 'before training'], rank: 0 };
  const several = value !== undefined && value.to >= step && value.to > value.from;
  const steps = several
    ? `steps ${formatCount(value.from)}–${formatCount(value.to)}`
    : `step ${formatCount(step).padStart(formatCount(newest).length)}`;
  return { span: [marked ? 'accent' : 'label', marked ? steps : `newest ${steps}`], rank: 0 };
}

function epochPieces({ run }: DashboardState, step: number): Piece[] {
  const { stepsPerEpoch = 0, epochs } = run ?? {};
  if (stepsPerEpoch < 1 || step < 1) return [];
  return [piece('epoch', String(Math.ceil(step / stepsPerEpoch)).padStart(String(epochs).length), 5)];
}

function lossPieces({ min, max, mean, finite, gap }: LossValue): Piece[] {
  const range = min === max || !finite ? formatLoss(min) : `${formatLoss(min)}–${formatLoss(max)}`;
  const loss = piece('loss', `${range.padEnd(LOSS_COLUMNS)}${finite && gap ? ' and NaN' : ''}`, 1);
  return finite ? [loss, piece('smoothed', formatLoss(mean).padEnd(LOSS_COLUMNS), 2)] : [loss];
}

/** What the comparison was at that step, and how the run stood beside it. */
export function comparisonLine(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const baseline = baselineOf(state, view);
  if (baseline === undefined) return [];
  const step = view.viewState?.cursor ?? state.step;
  const loss = baselineLossAt(baseline, step, state.run?.stepsPerEpoch);
  const lead = leadAt(state, baseline, step);
  const here: Span = [
    toneOfBaseline(baseline),
    ` ${printable(baseline.name)} ${formatLoss(loss).padEnd(LOSS_COLUMNS)}`,
  ];
  const after = lead.epoch === undefined ? '' : `after epoch ${lead.epoch}: `;
  const full = leadWords(lead).map((line): Span[] => [here, ['label', ` · ${after}`], ...line]);
  return firstThatFits([...full, [here], []], columns - 1);
}

/** The loss there alone. */
export function shortReading(state: DashboardState, view: ViewContext): Span[] {
  const cursor = view.viewState?.cursor;
  const value = valueAt(state.history, cursor ?? state.step);
  if (value === undefined) return [];
  const at: Span[] = cursor === undefined ? [] : [['accent', `step ${formatCount(cursor)} `]];
  return [...at, ['value', formatLoss(value.finite ? value.max : value.min)]];
}
