import { type Span, widthOf } from '../../theme/theme.js';

const GAP = 2;
/** Below, two halves would cut what stands in them. */
const COLUMNS_FOR_TWO = 160;

/** Cells of each of two halves that stand beside each other; nothing where there is no room for two. */
export function halfOf(columns: number): number | undefined {
  return columns < COLUMNS_FOR_TWO ? undefined : Math.floor((columns - GAP) / 2);
}

/** Two lists of rows beside each other, the first one padded to its width. */
export function beside(left: readonly Span[][], right: readonly Span[][], leftColumns: number): Span[][] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const [first = [], second = []] = [left[row], right[row]];
    if (second.length === 0) return first;
    return [...first, ['value', ' '.repeat(Math.max(0, leftColumns + GAP - widthOf(first)))], ...second];
  });
}
