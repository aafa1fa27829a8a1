// The horizontal axis of a chart: steps, and epochs where they are known.
import { formatCount } from '../../../dashboard/format.js';
import { placeOf, type StepRange } from '../../../dashboard/history/stepRange.js';
import type { Span } from '../../theme/theme.js';
import { logWholeTicks, wholeTicks } from './axis.js';
import { LABEL_COLUMNS } from './plotColumns.js';

/** Cells of the axis for each label. */
const COLUMNS_A_LABEL = 10;

/** Whole numbers below a chart. @param unit what is counted */
export function countAxis(range: StepRange, unit: string, columns: number): Span[] {
  return labelled(axis(range, 1, unit, columns));
}

/** One row, in epochs where that gives two labels; two rows show both. */
export function stepAxis(steps: StepRange, stepsPerEpoch: number | undefined, columns: number, rows: number): Span[][] {
  const inSteps = axis(steps, 1, 'steps', columns);
  const inEpochs =
    stepsPerEpoch === undefined || stepsPerEpoch < 1 ? undefined : axis(steps, stepsPerEpoch, 'epochs', columns);
  const epochsTell = inEpochs !== undefined && inEpochs.labels >= 2;
  const shown = rows >= 2 && epochsTell ? [inSteps, inEpochs] : [epochsTell ? inEpochs : inSteps];
  return shown.slice(0, rows).map(labelled);
}

function labelled({ text }: { readonly text: string }): Span[] {
  return [['label', ' '.repeat(LABEL_COLUMNS) + text]];
}

/** @param size steps in one of the units that are counted */
function axis(steps: StepRange, size: number, unit: string, columns: number): { text: string; labels: number } {
  const cells = ' '.repeat(columns).split('');
  const end = columns - unit.length - 1;
  let free = 0;
  let labels = 0;
  for (const value of ticksOf(steps, size, columns)) {
    const column = placeOf(value * size, steps, columns);
    const text = `${value === 0 ? '└' : '┴'}${formatCount(value)}`;
    if (column < free || column + text.length > end) continue;
    cells.splice(column, text.length, ...text);
    free = column + text.length + 1;
    labels++;
  }
  if (end >= 0) cells.splice(end + 1, unit.length, ...unit);
  return { text: cells.join(''), labels };
}

function ticksOf({ from, to, logarithmic = false }: StepRange, size: number, columns: number): number[] {
  return logarithmic
    ? logWholeTicks(from / size, to / size, columns)
    : wholeTicks(Math.max(0, from - 1) / size, to / size, columns / COLUMNS_A_LABEL);
}
