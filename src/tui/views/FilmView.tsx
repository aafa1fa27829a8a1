import type { ReactNode } from 'react';
import { Panel } from '../panels/Panel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** Every sample of the run, one after the other. */
export function FilmView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{({ columns }) => <Panel title="film" columns={columns} />}</FramedView>;
}
