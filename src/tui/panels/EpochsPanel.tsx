import type { ReactNode } from 'react';
import { epochRows } from '../lines/epochs.js';
import type { DashboardState } from '../state.js';
import { Panel } from './Panel.js';

export interface EpochsPanelProps {
  readonly state: DashboardState;
  readonly columns: number;
  /** How many epochs there is room for. */
  readonly count: number;
}

/** The last epochs beside the notebook's. */
export function EpochsPanel({ state, columns, count }: EpochsPanelProps): ReactNode {
  return <Panel title="epochs" columns={columns} rows={epochRows(state, count)} />;
}
