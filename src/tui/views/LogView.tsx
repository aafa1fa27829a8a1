import type { ReactNode } from 'react';
import { Panel } from '../panels/Panel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** What has happened, the newest last. */
export function LogView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{({ columns }) => <Panel title="log" columns={columns} />}</FramedView>;
}
