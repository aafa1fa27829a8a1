import type { ReactNode } from 'react';
import { ListPanel } from '../panels/ListPanel.js';
import { alertRows } from '../rows/alertRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** All that the diagnosis has found, and what may help. */
export function AlertsView(props: ViewProps): ReactNode {
  const { state, view } = props;
  const { scroll } = view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel title="alerts" rows={alertRows(state, view, inner.columns)} size={inner} scroll={scroll} />
      )}
    </FramedView>
  );
}
