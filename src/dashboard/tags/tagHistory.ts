// The values of one tag, any number of them, in bounded memory: each one exactly while there are at most 512, after that minimum,
// maximum, mean and last of every 2, 4, … of them. Steps need not be even, nor begin at 1: tags of other tools have their own.

/** What is remembered of values that follow each other. */
export interface TagColumn {
  /** Steps of the first and the last of them. */
  readonly from: number;
  readonly to: number;
  /** Of the finite ones. */
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly last: number;
  /** How many are finite. */
  readonly count: number;
  /** How many there are. */
  readonly values: number;
}

/** A value: adding to it gives another history and leaves this one as it is. */
export interface TagHistory {
  /** Values in a column, a power of two. */
  readonly stride: number;
  /** Shared with other histories of the tag. */
  readonly columns: SharedTagColumns;
  /** How many of the columns belong to this history. */
  readonly length: number;
  /** The column that still grows. Apart, so that the shared ones never change. */
  readonly open: TagColumn | undefined;
  /** Values in all. */
  readonly values: number;
}

/** Only ever written behind the last column that any history knows; who continues from further back takes a copy. */
interface SharedTagColumns {
  /** {@link NUMBERS} for each column. */
  readonly numbers: Float64Array;
  filled: number;
}

export interface TagValue {
  readonly step: number;
  readonly value: number;
}

export const MOST_TAG_COLUMNS = 512;
/** From, to, min, max, sum, last, count, values. */
const NUMBERS = 8;
const LEAST_CAPACITY = 8;

export const emptyTagHistory: TagHistory = {
  stride: 1,
  columns: { numbers: new Float64Array(0), filled: 0 },
  length: 0,
  open: undefined,
  values: 0,
};

type GrowingHistory = { -readonly [Field in keyof TagHistory]: TagHistory[Field] };

/** Adds values in their order. A step that is not after the last one cuts the history back to it: what is later wins. */
export function addTagValues(history: TagHistory, values: readonly TagValue[]): TagHistory {
  const growing: GrowingHistory = { ...history };
  for (const { step, value } of values) {
    if (step <= lastTagStep(growing)) Object.assign(growing, cutBackTag(growing, step - 1));
    const finite = Number.isFinite(value);
    const [min, max] = finite ? [value, value] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    takeIn(growing, {
      ...{ from: step, to: step, min, max, sum: finite ? value : 0 },
      ...{ last: value, count: finite ? 1 : 0, values: 1 },
    });
    growing.values++;
  }
  return growing;
}

/** -Infinity where there is no value. */
export function lastTagStep({ columns, length, open }: TagHistory): number {
  if (open !== undefined) return open.to;
  return length === 0 ? Number.NEGATIVE_INFINITY : columns.numbers[(length - 1) * NUMBERS + 1]!;
}

/** Infinity where there is no value. */
export function firstTagStep({ columns, length, open }: TagHistory): number {
  return length === 0 ? (open?.from ?? Number.POSITIVE_INFINITY) : columns.numbers[0]!;
}

/** The column at a place: 0 is the earliest, the open one the last. */
export function tagColumnAt({ columns: { numbers }, length, open }: TagHistory, index: number): TagColumn | undefined {
  if (index === length) return open;
  if (!(index >= 0 && index < length)) return undefined;
  const at = index * NUMBERS;
  const [from, to, min, max, sum, last, count, values] = numbers.subarray(at, at + NUMBERS) as unknown as number[];
  return { from: from!, to: to!, min: min!, max: max!, sum: sum!, last: last!, count: count!, values: values! };
}

/** How many columns there are, the open one among them. */
export function tagColumns({ length, open }: TagHistory): number {
  return length + (open === undefined ? 0 : 1);
}

/** Forgets every column that holds a step after this one. */
export function cutBackTag(history: TagHistory, step: number): TagHistory {
  if (step >= lastTagStep(history)) return history;
  const { numbers } = history.columns;
  let [low, high] = [0, history.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle * NUMBERS + 1]! <= step) low = middle + 1;
    else high = middle;
  }
  let values = 0;
  for (let index = 0; index < low; index++) values += numbers[index * NUMBERS + NUMBERS - 1]!;
  return { ...history, length: low, open: undefined, values };
}

function takeIn(growing: GrowingHistory, column: TagColumn): void {
  const { open } = growing;
  if (open === undefined) growing.open = column;
  else if (open.values < growing.stride) growing.open = joined(open, column);
  else {
    if (growing.length >= MOST_TAG_COLUMNS) halve(growing);
    growing.columns = withColumn(growing.columns, growing.length, open);
    growing.length++;
    growing.open = column;
  }
}

function joined(earlier: TagColumn, later: TagColumn): TagColumn {
  return {
    from: earlier.from,
    to: later.to,
    min: Math.min(earlier.min, later.min),
    max: Math.max(earlier.max, later.max),
    sum: earlier.sum + later.sum,
    last: later.last,
    count: earlier.count + later.count,
    values: earlier.values + later.values,
  };
}

/** The same values in half as many columns. */
function halve(growing: GrowingHistory): void {
  const half = Math.floor(growing.length / 2);
  let columns: SharedTagColumns = { numbers: new Float64Array(MOST_TAG_COLUMNS * NUMBERS), filled: 0 };
  for (let index = 0; index < half; index++) {
    const pair = joined(tagColumnAt(growing, 2 * index)!, tagColumnAt(growing, 2 * index + 1)!);
    columns = withColumn(columns, index, pair);
  }
  Object.assign(growing, { columns, length: half, stride: growing.stride * 2 });
}

function withColumn(shared: SharedTagColumns, length: number, column: TagColumn): SharedTagColumns {
  const at = length * NUMBERS;
  const fits = length === shared.filled && at + NUMBERS <= shared.numbers.length;
  const columns = fits ? shared : copied(shared, length);
  const { from, to, min, max, sum, last, count, values } = column;
  columns.numbers.set([from, to, min, max, sum, last, count, values], at);
  columns.filled = length + 1;
  return columns;
}

/** With room for twice as many: a tag of a few values takes little. */
function copied({ numbers }: SharedTagColumns, length: number): SharedTagColumns {
  const capacity = Math.min(MOST_TAG_COLUMNS, Math.max(LEAST_CAPACITY, 2 * (length + 1)));
  const copy = new Float64Array(Math.max(capacity, length + 1) * NUMBERS);
  copy.set(numbers.subarray(0, length * NUMBERS));
  return { numbers: copy, filled: length };
}
