import type { ReactNode } from 'react';
import type { DashboardState } from '../../../dashboard/state.js';
import { progressRows } from '../../rows/overview/progressRows.js';
import type { ViewContext } from '../../viewContext.js';
import type { Shown } from '../canvasContent.js';
import { LivePanel } from '../LivePanel.js';

export interface ProgressPanelProps {
  readonly state: DashboardState;
  /** What the run is compared with. @default the notebook */
  readonly view?: ViewContext;
  readonly columns: number;
  /** Below the title; the first ones matter most. @default 4 */
  readonly rows?: number;
}

/**
 * How far the run is, and how it compares with the notebook.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { initialState, ProgressPanel, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * console.log(renderToString(<ProgressPanel state={state} columns={40} />).includes('progress')); // true
 */
export function ProgressPanel({ state, view = {}, columns, rows = 4 }: ProgressPanelProps): ReactNode {
  const draw = (now: Shown) => progressRows(now.state, now.view, columns - 1).slice(0, rows);
  return <LivePanel title="progress" columns={columns} shown={{ state, view }} draw={draw} />;
}
