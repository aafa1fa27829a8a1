import { Box } from 'ink';
import type { ReactNode } from 'react';
import { HeaderLine } from '../panels/HeaderLine.js';
import { KeysLine } from '../panels/KeysLine.js';
import { LiveLines } from '../panels/LiveLines.js';
import { LossPanel } from '../panels/LossPanel.js';
import { MessageLine } from '../panels/MessageLine.js';
import { EpochsPanel } from '../panels/overview/EpochsPanel.js';
import { ProgressPanel } from '../panels/overview/ProgressPanel.js';
import { RunsPanel } from '../panels/overview/RunsPanel.js';
import { StripPanel } from '../panels/overview/StripPanel.js';
import { ValuesPanel } from '../panels/overview/ValuesPanel.js';
import { DigitsPanel } from '../panels/pictures/DigitsPanel.js';
import { valuesRow } from '../rows/overview/compactLoss.js';
import { runsLine } from '../rows/overview/runsRows.js';
import { overviewLayout } from './overviewLayout.js';
import type { ViewProps } from './viewProps.js';

/** Everything at a glance: the loss, the last values, the digits, the epochs. */
export function OverviewView({ state, size, view }: ViewProps): ReactNode {
  const shown = { state, view };
  const layout = overviewLayout(state, view, size);
  if (layout === undefined) return undefined;
  const { columns, rows, chart, side, strip, digits, runs, epochs, space } = layout;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <HeaderLine shown={shown} columns={columns} message={layout.message} />
      {layout.message && <MessageLine shown={shown} columns={columns} />}
      <Box justifyContent="space-between">
        {chart && <LossPanel state={state} view={view} size={chart} />}
        {side && (
          <Box flexDirection="column" rowGap={1} width={side.columns} flexShrink={0}>
            <ValuesPanel state={state} view={view} columns={side.columns} values={side.values} />
            {side.progress && (
              <ProgressPanel
                state={state}
                view={view}
                columns={side.columns}
                rows={(chart?.rows ?? 0) - side.values - ROWS_AROUND_PROGRESS}
              />
            )}
          </Box>
        )}
      </Box>
      {strip > 0 && chart && <LiveLines shown={shown} draw={(now) => [valuesRow(now.state, now.view, columns)]} />}
      {strip > 0 && !chart && <StripPanel state={state} view={view} columns={columns} rows={strip} />}
      {runs === 'line' && <LiveLines shown={shown} draw={(now) => [runsLine(now.view, columns)]} />}
      {runs === 'panel' && (
        <Box marginTop={1}>
          <RunsPanel shown={shown} columns={columns} />
        </Box>
      )}
      {digits && (
        <Box marginTop={space.digits}>
          <DigitsPanel state={state} view={view} layout={digits} columns={columns} />
        </Box>
      )}
      {epochs && (
        <Box marginTop={space.epochs}>
          <EpochsPanel state={state} view={view} columns={epochs.columns} count={epochs.count} />
        </Box>
      )}
      <Box flexGrow={1} />
      <KeysLine shown={shown} columns={columns} progress={side?.progress !== true} />
    </Box>
  );
}

/** The titles of values and progress, and the free row between them. */
const ROWS_AROUND_PROGRESS = 3;
