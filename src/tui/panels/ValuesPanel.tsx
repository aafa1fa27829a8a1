import { Box } from 'ink';
import type { ReactNode } from 'react';
import { valuesOf } from '../lines/values.js';
import type { DashboardState } from '../state.js';
import { Line } from './Line.js';
import { Panel } from './Panel.js';

export interface ValuesPanelProps {
  readonly state: DashboardState;
  readonly columns: number;
  /** How many there is room for. */
  readonly values: number;
}

/** The last values, each one aligned with its neighbours. */
export function ValuesPanel({ state, columns, values }: ValuesPanelProps): ReactNode {
  return (
    <Panel title="now" columns={columns}>
      {valuesOf(state, values).map(({ label, value, note }) => (
        <Box key={label}>
          <Box width={14} flexShrink={0}>
            <Line spans={[['label', label]]} />
          </Box>
          <Box width={8} flexShrink={0}>
            <Line spans={[['value', value]]} />
          </Box>
          {note !== undefined && <Line spans={[note]} />}
        </Box>
      ))}
    </Panel>
  );
}
