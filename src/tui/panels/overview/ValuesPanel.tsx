import type { ReactNode } from 'react';
import type { DashboardState } from '../../../dashboard/state.js';
import { valueRows } from '../../rows/overview/lastValues.js';
import type { ViewContext } from '../../viewContext.js';
import { LivePanel } from '../LivePanel.js';

export interface ValuesPanelProps {
  readonly state: DashboardState;
  /** What the run is compared with. @default the notebook */
  readonly view?: ViewContext;
  readonly columns: number;
  /** How many there is room for. */
  readonly values: number;
}

/**
 * The last values, each one aligned with its neighbours.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { initialState, reduceAll, ValuesPanel } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * console.log(renderToString(<ValuesPanel state={state} columns={40} values={4} />).includes('now')); // true
 */
export function ValuesPanel({ state, view = {}, columns, values }: ValuesPanelProps): ReactNode {
  return (
    <LivePanel
      title="now"
      columns={columns}
      shown={{ state, view }}
      draw={(now) => valueRows(now.state, now.view, values)}
    />
  );
}
