import type { ReactNode } from 'react';
import { Panel } from '../panels/Panel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The loss chart as large as the screen. */
export function ChartView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{({ columns }) => <Panel title="loss" columns={columns} />}</FramedView>;
}
