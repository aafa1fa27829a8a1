import { type ReactNode, useContext } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { messageRow } from '../rows/messageRow.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { ViewContext } from '../viewContext.js';
import { Canvas } from './Canvas.js';

export interface MessageLineProps {
  readonly state: DashboardState;
  readonly view: ViewContext;
  readonly columns: number;
}

/** The row that is kept for what has to be said; a click opens the list of alerts. */
export function MessageLine({ state, view, columns }: MessageLineProps): ReactNode {
  const row = useContext(ThemeContext).line(messageRow(state, view, columns));
  const target = { type: 'key', key: 'a' } as const;
  return <Canvas columns={columns} rows={[row]} areas={[{ row: 0, column: 0, columns, rows: 1, target }]} />;
}
