// Columns of losses that all states of a run share: they are only ever written behind the last column that any of those
// states knows. A state that continues from further back takes a copy first, so none that was given out changes.
import { emptyColumns, joinInto, type LossColumn, type LossColumns, setColumn } from './lossBuckets.js';

export interface SharedColumns extends LossColumns {
  /** Every {@link BLOCK} columns joined, as far as they are complete: a long run is drawn from these. */
  readonly blocks: LossColumns;
  /** Columns written so far, by whichever state came furthest. */
  filled: number;
}

export const BLOCK = 16;
const LEAST_CAPACITY = 256;

export function sharedColumns(capacity: number): SharedColumns {
  return { ...emptyColumns(capacity), blocks: emptyColumns(capacity / BLOCK), filled: 0 };
}

/** The columns with one more; `length` is how many of them the state that adds it knows. */
export function withColumn(shared: SharedColumns, length: number, column: LossColumn): SharedColumns {
  const { index } = column;
  const columns =
    length === shared.filled && index < shared.content.length ? shared : copied(shared, length, index + 1);
  setColumn(columns, index, column);
  columns.filled = index + 1;
  for (let block = Math.floor(length / BLOCK); (block + 1) * BLOCK <= columns.filled; block++)
    joinBlock(columns, block);
  return columns;
}

function joinBlock(columns: SharedColumns, block: number): void {
  for (let index = block * BLOCK; index < (block + 1) * BLOCK; index++) joinInto(columns.blocks, block, columns, index);
}

/** With room for twice as many as needed, so that growing costs little a column. */
function copied(columns: SharedColumns, length: number, needed: number): SharedColumns {
  const copy = sharedColumns(Math.max(LEAST_CAPACITY, 2 ** Math.ceil(Math.log2(needed))));
  for (const name of ['min', 'max', 'mean', 'content'] as const) {
    copy[name].set(columns[name].subarray(0, length));
    copy.blocks[name].set(columns.blocks[name].subarray(0, Math.floor(length / BLOCK)));
  }
  return copy;
}
