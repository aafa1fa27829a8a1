import type { ReactNode } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { valueRows } from '../rows/lastValues.js';
import type { ViewContext } from '../viewContext.js';
import { LivePanel } from './LivePanel.js';

export interface ValuesPanelProps {
  readonly state: DashboardState;
  /** What the run is compared with. @default the notebook */
  readonly view?: ViewContext;
  readonly columns: number;
  /** How many there is room for. */
  readonly values: number;
}

/** The last values, each one aligned with its neighbours. */
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
