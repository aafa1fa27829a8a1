import type { ReactNode } from 'react';
import { runRows } from '../../rows/overview/runsRows.js';
import type { Shown } from '../canvasContent.js';
import { LivePanel } from '../LivePanel.js';

export interface RunsPanelProps {
  readonly shown: Shown;
  readonly columns: number;
}

/** The runs that are shown at once. */
export function RunsPanel({ shown, columns }: RunsPanelProps): ReactNode {
  return <LivePanel title="runs" columns={columns} shown={shown} draw={({ view }) => runRows(view, columns)} />;
}
