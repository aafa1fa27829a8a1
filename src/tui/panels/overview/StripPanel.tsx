import { type ReactNode, useContext } from 'react';
import type { DashboardState } from '../../../dashboard/state.js';
import { stripRows } from '../../rows/overview/compactLoss.js';
import { ThemeContext } from '../../theme/ThemeContext.js';
import type { ViewContext } from '../../viewContext.js';
import { LiveLines } from '../LiveLines.js';

export interface StripPanelProps {
  readonly state: DashboardState;
  readonly view: ViewContext;
  readonly columns: number;
  readonly rows: number;
}

/** The last loss and its sparkline, where there is no room for a chart. */
export function StripPanel({ state, view, columns, rows }: StripPanelProps): ReactNode {
  const { glyphs } = useContext(ThemeContext);
  return <LiveLines shown={{ state, view }} draw={(now) => stripRows(now.state, now.view, columns, rows, glyphs)} />;
}
