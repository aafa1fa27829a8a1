import type { ReactNode } from 'react';
import { Lines } from '../panels/Line.js';
import { ListPanel } from '../panels/ListPanel.js';
import { phaseHistoryRows } from '../rows/phaseHistory.js';
import { stagesRows } from '../rows/stageRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import { listWithRest } from './listWithRest.js';
import type { ViewProps } from './viewProps.js';

/** The pipeline, which part of it the others wait for, and where there is room, how that went. */
export function StagesView(props: ViewProps): ReactNode {
  const { scroll } = props.view.viewState ?? initialViewState;
  return (
    <FramedView {...props}>
      {(inner) => {
        const rows = stagesRows(props.state, inner.columns);
        const { list, rest } = listWithRest(rows.length, inner);
        const history = phaseHistoryRows(props.state, rest);
        return (
          <>
            <ListPanel title="stages" rows={rows} size={history.length > 0 ? list : inner} scroll={scroll} />
            <Lines rows={history} />
          </>
        );
      }}
    </FramedView>
  );
}
