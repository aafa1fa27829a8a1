import type { ReactNode } from 'react';
import { Panel } from '../panels/Panel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The layers, and what each costs. */
export function NetworkView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{({ columns }) => <Panel title="network" columns={columns} />}</FramedView>;
}
