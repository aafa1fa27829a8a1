// Columns of losses: what is remembered of a few steps each, and how two become one.

/** What is remembered of the losses within a few steps. */
export interface LossColumn {
  /** Place of the column; the history's stride makes steps of it. */
  readonly index: number;
  /** Of the finite losses; where there is none, the loss itself: NaN or an infinity. */
  readonly min: number;
  readonly max: number;
  /** Exponential mean over the last losses, as it stood at the last loss of this column. */
  readonly mean: number;
  /** There was a finite loss. */
  readonly finite: boolean;
  /** There was a loss that is NaN or infinite. */
  readonly gap: boolean;
}

/** Columns as arrays. */
export interface LossColumns {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  /** {@link FINITE} and {@link GAP}; 0 where no loss is. */
  readonly content: Uint8Array;
}

export const FINITE = 1;
export const GAP = 2;

export function emptyColumns(capacity: number): LossColumns {
  return {
    min: new Float64Array(capacity),
    max: new Float64Array(capacity),
    mean: new Float64Array(capacity),
    content: new Uint8Array(capacity),
  };
}

export function setColumn(columns: LossColumns, index: number, { min, max, mean, finite, gap }: LossColumn): void {
  columns.min[index] = min;
  columns.max[index] = max;
  columns.mean[index] = mean;
  columns.content[index] = (finite ? FINITE : 0) | (gap ? GAP : 0);
}

/** The column at this place; `undefined` where no loss is. */
export function columnAt({ min, max, mean, content }: LossColumns, index: number): LossColumn | undefined {
  const here = content[index] ?? 0;
  if (here === 0) return undefined;
  return {
    index,
    min: min[index]!,
    max: max[index]!,
    mean: mean[index]!,
    finite: (here & FINITE) !== 0,
    gap: (here & GAP) !== 0,
  };
}

/** Two columns as one. */
export function joinedColumn(earlier: LossColumn, later: LossColumn): LossColumn {
  const both = { finite: earlier.finite || later.finite, gap: earlier.gap || later.gap };
  if (!earlier.finite) return { ...later, ...both };
  if (!later.finite) return { ...earlier, ...both, index: later.index };
  return { ...later, ...both, min: Math.min(earlier.min, later.min), max: Math.max(earlier.max, later.max) };
}

/** Joins a column into a place of other ones; what was joined there before is the earlier. Without an object for each: there may be 131,072. */
export function joinInto(places: LossColumns, place: number, columns: LossColumns, index: number): void {
  const [here, there] = [columns.content[index]!, places.content[place]!];
  if (here === 0) return;
  places.content[place] = here | there;
  if ((there & FINITE) === 0 || (here & FINITE) === 0) {
    if ((there & FINITE) !== 0) return;
    places.min[place] = columns.min[index]!;
    places.max[place] = columns.max[index]!;
  } else {
    places.min[place] = Math.min(places.min[place]!, columns.min[index]!);
    places.max[place] = Math.max(places.max[place]!, columns.max[index]!);
  }
  places.mean[place] = columns.mean[index]!;
}
