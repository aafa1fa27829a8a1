import type { ReactNode } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { epochRows } from '../rows/epochRows.js';
import { LivePanel } from './LivePanel.js';

export interface EpochsPanelProps {
  readonly state: DashboardState;
  readonly columns: number;
  /** How many epochs there is room for. */
  readonly count: number;
}

/** The last epochs beside the notebook's. */
export function EpochsPanel({ state, columns, count }: EpochsPanelProps): ReactNode {
  return (
    <LivePanel
      title="epochs"
      columns={columns}
      shown={{ state, view: {} }}
      draw={(now) => epochRows(now.state, count)}
    />
  );
}
