import type { ReactNode } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { valueRows } from '../rows/lastValues.js';
import { LivePanel } from './LivePanel.js';

export interface ValuesPanelProps {
  readonly state: DashboardState;
  readonly columns: number;
  /** How many there is room for. */
  readonly values: number;
}

/** The last values, each one aligned with its neighbours. */
export function ValuesPanel({ state, columns, values }: ValuesPanelProps): ReactNode {
  return (
    <LivePanel title="now" columns={columns} shown={{ state, view: {} }} draw={(now) => valueRows(now.state, values)} />
  );
}
