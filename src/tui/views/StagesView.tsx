import type { ReactNode } from 'react';
import { initialInterface } from '../interface.js';
import { stagesRows } from '../lines/stages.js';
import { ListPanel } from '../panels/ListPanel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The pipeline, and which part of it the others wait for. */
export function StagesView(props: ViewProps): ReactNode {
  const { scroll } = props.view.interface ?? initialInterface;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel title="stages" rows={stagesRows(props.state, inner.columns)} size={inner} scroll={scroll} />
      )}
    </FramedView>
  );
}
