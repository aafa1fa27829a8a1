// The part of a list that is seen.
import { formatCount } from '../../dashboard/format.js';
import type { Size } from '../screen/size.js';
import type { Span } from '../theme/theme.js';
import { firstThatFits } from './fitWords.js';

/** With fewer rows, a title would take too many of them: the header says what the list is. */
const ROWS_WITH_TITLE = 5;

export interface VisibleRows {
  readonly titled: boolean;
  readonly shown: Span[][];
  /** Which rows these are, where they are not all. */
  readonly note: readonly Span[];
}

/** Rows of a list that are seen at once in this space. */
export function seenAtOnce({ rows }: Size): number {
  return Math.max(0, rows - (rows >= ROWS_WITH_TITLE ? 1 : 0));
}

/** By how many rows a list of this length can be moved at most. */
export function lastScroll(length: number, space: Size): number {
  return Math.max(0, length - seenAtOnce(space));
}

export function visibleRows(rows: readonly Span[][], space: Size, scroll: number, from: 'first' | 'last'): VisibleRows {
  const last = lastScroll(rows.length, space);
  const moved = Math.min(last, Math.max(0, scroll));
  const start = from === 'first' ? moved : last - moved;
  const shown = rows.slice(start, start + seenAtOnce(space)).map((row) => firstThatFits([row], space.columns));
  const places = `${formatCount(start + 1)}–${formatCount(start + shown.length)} of ${formatCount(rows.length)}`;
  const note: Span[] = last === 0 ? [] : [['label', `${places} · ↑↓`]];
  return { titled: space.rows >= ROWS_WITH_TITLE, shown, note };
}
