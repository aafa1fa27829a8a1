import type { ReactNode } from 'react';
import { progressRows } from '../lines/progress.js';
import type { DashboardState } from '../state.js';
import { Lines } from './Line.js';
import { Panel } from './Panel.js';

export interface ProgressPanelProps {
  readonly state: DashboardState;
  readonly columns: number;
  /** Below the title; the first ones matter most. @default 4 */
  readonly rows?: number;
}

/** How far the run is, and how it compares with the notebook. */
export function ProgressPanel({ state, columns, rows = 4 }: ProgressPanelProps): ReactNode {
  return (
    <Panel title="progress" columns={columns}>
      <Lines rows={progressRows(state, columns - 1).slice(0, rows)} />
    </Panel>
  );
}
