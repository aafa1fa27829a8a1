import type { ReactNode } from 'react';
import { ListPanel } from '../panels/ListPanel.js';
import { helpRows } from '../rows/helpRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The keys of the present view. */
export function HelpView(props: ViewProps): ReactNode {
  const { state, view } = props;
  const { scroll } = view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel
          title={`keys of the ${(view.viewState ?? initialViewState).view}`}
          rows={helpRows(state, view, inner.columns)}
          size={inner}
          scroll={scroll}
        />
      )}
    </FramedView>
  );
}
