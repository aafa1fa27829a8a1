import type { ReactNode } from 'react';
import { Panel } from '../panels/Panel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The stages of the pipeline, and which one is slow. */
export function StagesView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{({ columns }) => <Panel title="stages" columns={columns} />}</FramedView>;
}
