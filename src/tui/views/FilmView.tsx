import { Box } from 'ink';
import type { ReactNode } from 'react';
import { LiveLines } from '../panels/LiveLines.js';
import { LossPanel } from '../panels/LossPanel.js';
import { Panel } from '../panels/Panel.js';
import { DigitsPanel } from '../panels/pictures/DigitsPanel.js';
import { PinnedPanel } from '../panels/pictures/PinnedPanel.js';
import { filmTitle, scrubRows } from '../rows/pictures/filmRows.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import { filmLayout } from './filmLayout.js';
import type { ViewProps } from './viewProps.js';

/** Every sample of the run, one after the other; or one digit of them, large. */
export function FilmView(props: ViewProps): ReactNode {
  const { state, size, view } = props;
  const look = view.viewState ?? initialViewState;
  const { digits, pinned, scrub, apart, curve } = filmLayout(state, view, size);
  return (
    <FramedView {...props}>
      {({ columns, rows }) => (
        <Box flexDirection="column" height={rows}>
          {digits && <DigitsPanel state={state} view={view} layout={digits} columns={columns} />}
          {pinned && <PinnedPanel state={state} view={view} layout={pinned} columns={columns} />}
          {digits === undefined && pinned === undefined && <Panel title={filmTitle(state, look)} columns={columns} />}
          <Box marginTop={apart ? 1 : 0}>
            <LiveLines
              shown={{ state, view }}
              draw={(now) => scrubRows(now.state, now.view.viewState ?? initialViewState, columns, scrub)}
            />
          </Box>
          {curve > 0 && (
            <Box marginTop={1}>
              <LossPanel state={state} view={view} size={{ columns, rows: curve }} />
            </Box>
          )}
        </Box>
      )}
    </FramedView>
  );
}
