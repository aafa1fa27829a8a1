import type { ReactNode } from 'react';
import { runRows } from '../rows/runsRows.js';
import type { ViewContext } from '../viewContext.js';
import { Panel } from './Panel.js';

export interface RunsPanelProps {
  readonly view: ViewContext;
  readonly columns: number;
}

/** The runs that are shown at once. */
export function RunsPanel({ view, columns }: RunsPanelProps): ReactNode {
  return <Panel title="runs" columns={columns} rows={runRows(view, columns)} />;
}
