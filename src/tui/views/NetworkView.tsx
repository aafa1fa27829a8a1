import type { ReactNode } from 'react';
import { ListPanel } from '../panels/ListPanel.js';
import { networkRows } from '../rows/networkRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The layers, and what each costs. */
export function NetworkView(props: ViewProps): ReactNode {
  const { scroll } = props.view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel title="network" rows={networkRows(props.state, inner.columns)} size={inner} scroll={scroll} />
      )}
    </FramedView>
  );
}
