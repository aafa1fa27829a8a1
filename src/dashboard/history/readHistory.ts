// Reading a history: at a step, from step to step, and on the places of a chart.
import { columnAt, emptyColumns, FINITE, joinedColumn, joinInto, type LossColumn, setColumn } from './lossBuckets.js';
import { indexOf, type LossHistory } from './lossHistory.js';
import { BLOCK } from './sharedBuckets.js';
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
  const length = Math.max(0, Math.floor(count));
  const places = emptyColumns(length);
  const { columns, open } = history;
  const first = Math.max(0, indexOf(history, range.from));
  const end = Math.min(history.length, indexOf(history, range.to) + 1);
  const place = (index: number): number => placeOf(lastStepIn(history, index), range, length);
  const fromBlocks = firstInBlocks(range, length, history.stride);
  for (let index = first; index < end && length > 0; ) {
    const whole = index >= fromBlocks && index % BLOCK === 0 && index + BLOCK <= end;
    const next = index + (whole ? BLOCK : 1);
    if (whole) joinInto(places, place(next - 1), columns.blocks, index / BLOCK);
    else joinInto(places, place(index), columns, index);
    index = next;
  }
  const last = open !== undefined && open.index >= first && open.index <= indexOf(history, range.to) && length > 0;
  if (last) setColumn(places, place(open.index), joinedTo(columnAt(places, place(open.index)), open));
  return Array.from({ length }, (_, index) => columnAt(places, index));
}

/** With fewer, a block could stand noticeably beside its place. */
const BLOCKS_A_PLACE = 4;

/** The column from which on places are so wide that blocks will do. */
function firstInBlocks({ from, to, logarithmic }: StepRange, count: number, stride: number): number {
  const columnsWanted = BLOCKS_A_PLACE * BLOCK * count;
  if (logarithmic !== true) return (to - from) / stride > columnsWanted ? 0 : Number.POSITIVE_INFINITY;
  // The places at a step are as wide as a share of it.
  return columnsWanted / Math.log(Math.max(2, to / from));
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
