import type { ReactNode } from 'react';
import { ListPanel } from '../panels/ListPanel.js';
import { stagesRows } from '../rows/stageRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The pipeline, and which part of it the others wait for. */
export function StagesView(props: ViewProps): ReactNode {
  const { scroll } = props.view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel title="stages" rows={stagesRows(props.state, inner.columns)} size={inner} scroll={scroll} />
      )}
    </FramedView>
  );
}
