import type { ReactNode } from 'react';
import { ListPanel } from '../panels/ListPanel.js';
import { logRows } from '../rows/logRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** What has happened, the newest last. */
export function LogView(props: ViewProps): ReactNode {
  const { scroll } = props.view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => (
        <ListPanel title="log" rows={logRows(props.state, inner.columns)} size={inner} scroll={scroll} from="last" />
      )}
    </FramedView>
  );
}
