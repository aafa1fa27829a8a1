import type { ReactNode } from 'react';
import { visibleRows } from '../rows/visibleRows.js';
import type { Size } from '../screen/size.js';
import type { Span } from '../theme/theme.js';
import { Lines } from './Line.js';
import { Panel } from './Panel.js';

export interface ListPanelProps {
  readonly title: string;
  readonly rows: readonly Span[][];
  /** With the title. */
  readonly size: Size;
  /** Rows that the list is moved by from its first row, or from its last. */
  readonly scroll: number;
  /** @default 'first' */
  readonly from?: 'first' | 'last';
}

/** Rows of words, as many as fit; the others come by scrolling. */
export function ListPanel({ title, rows, size, scroll, from = 'first' }: ListPanelProps): ReactNode {
  const { shown, titled, note } = visibleRows(rows, size, scroll, from);
  if (!titled) return <Lines rows={shown} />;
  return <Panel title={title} note={note} columns={size.columns} rows={shown} />;
}
