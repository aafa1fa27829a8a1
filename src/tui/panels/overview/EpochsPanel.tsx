import type { ReactNode } from 'react';
import type { DashboardState } from '../../../dashboard/state.js';
import { epochRows } from '../../rows/overview/epochRows.js';
import type { ViewContext } from '../../viewContext.js';
import { LivePanel } from '../LivePanel.js';

export interface EpochsPanelProps {
  readonly state: DashboardState;
  /** The step that is looked at, and what the run is compared with. @default the newest, the notebook */
  readonly view?: ViewContext;
  readonly columns: number;
  /** How many epochs there is room for. */
  readonly count: number;
}

/**
 * The epochs beside what they are compared with.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { EpochsPanel, initialState, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * console.log(renderToString(<EpochsPanel state={state} columns={60} count={5} />).includes('epochs')); // true
 */
export function EpochsPanel({ state, view = {}, columns, count }: EpochsPanelProps): ReactNode {
  return (
    <LivePanel
      title="epochs"
      columns={columns}
      shown={{ state, view }}
      draw={(now) => epochRows(now.state, now.view, count)}
    />
  );
}
