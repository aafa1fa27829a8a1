// Reading a history: at a step, from step to step, and on the places of a chart.
import { columnAt, emptyColumns, FINITE, joinedColumn, joinInto, type LossColumn, setColumn } from './lossColumns.js';
import { indexOf, type LossHistory } from './lossHistory.js';
import { placeOf, type StepRange } from './stepRange.js';

/** What is known of the loss at a step, and which steps that covers. */
export interface LossValue extends LossColumn, StepRange {}

/** The newest loss at this step or before it. */
export function valueAt(history: LossHistory, step: number): LossValue | undefined {
  for (let index = Math.min(lastIndexOf(history), indexOf(history, step)); index >= 0; index--) {
    const column = columnOf(history, index);
    if (column !== undefined) return { ...column, from: index * history.stride + 1, to: lastStepIn(history, index) };
  }
  return undefined;
}

/** The nearest step with a loss at or before (-1), or at or after (1) this one; of several in a column, the last. */
export function stepWithLoss(history: LossHistory, step: number, direction: -1 | 1): number | undefined {
  const last = lastIndexOf(history);
  let index = direction < 0 ? Math.min(indexOf(history, step), last) : Math.max(indexOf(history, step), 0);
  for (; index >= 0 && index <= last; index += direction) {
    const to = lastStepIn(history, index);
    const reached = direction < 0 ? to <= step : to >= step;
    if (reached && columnOf(history, index) !== undefined) return to;
  }
  return undefined;
}

/** The first step at which the exponential mean is as low as this. */
export function firstStepBelow(history: LossHistory, loss: number): number | undefined {
  const { columns, length, open } = history;
  for (let index = 0; index < length; index++)
    if ((columns.content[index]! & FINITE) !== 0 && columns.mean[index]! <= loss) return lastStepIn(history, index);
  return open?.finite === true && open.mean <= loss ? history.lastStep : undefined;
}

/** The losses within a range on `count` places beside each other; places without one are `undefined`. */
export function placed(history: LossHistory, range: StepRange, count: number): (LossColumn | undefined)[] {
  const places = emptyColumns(Math.max(0, Math.floor(count)));
  const length = places.content.length;
  const { columns, open } = history;
  const last = Math.min(lastIndexOf(history), indexOf(history, range.to));
  for (let index = Math.max(0, indexOf(history, range.from)); index <= last && length > 0; index++) {
    const place = placeOf(lastStepIn(history, index), range, length);
    if (index < history.length) joinInto(places, place, columns, index);
    else if (index === open?.index) setColumn(places, place, joinedTo(columnAt(places, place), open));
  }
  return Array.from({ length }, (_, place) => columnAt(places, place));
}

function joinedTo(earlier: LossColumn | undefined, later: LossColumn): LossColumn {
  return earlier === undefined ? later : joinedColumn(earlier, later);
}

function lastIndexOf({ open, length }: LossHistory): number {
  return open?.index ?? length - 1;
}

function columnOf(history: LossHistory, index: number): LossColumn | undefined {
  if (index === history.open?.index) return history.open;
  return index < history.length ? columnAt(history.columns, index) : undefined;
}

function lastStepIn({ stride, lastStep }: LossHistory, index: number): number {
  return Math.min((index + 1) * stride, lastStep);
}
