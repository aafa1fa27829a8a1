import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { DIGITS_LABEL_COLUMNS, type DigitsLayout } from '../layout.js';
import { digitColumns, digitLosses, digitRows, digitsTitle } from '../lines/digits.js';
import type { Probes } from '../state.js';
import { Canvas } from './Canvas.js';
import { HitArea } from './HitArea.js';
import { Line } from './Line.js';
import { Panel } from './Panel.js';
import { ThemeContext } from './ThemeContext.js';

export interface DigitsPanelProps {
  readonly probes: Probes | undefined;
  /** Name of the data set. */
  readonly dataset: string | undefined;
  readonly layout: DigitsLayout;
  readonly columns: number;
}

/** What the network saw, over what it made of it: the eye compares vertically. */
export function DigitsPanel({ probes, dataset, layout, columns }: DigitsPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  const images = probes && (
    <Box flexDirection="column" rowGap={layout.apart ? 1 : 0}>
      <ImageRow
        label=" in"
        count={layout.count}
        rows={digitRows(probes, 'input', layout, theme)}
        columns={digitColumns(layout)}
      />
      <ImageRow
        label=" out"
        count={layout.count}
        rows={digitRows(probes, 'reconstruction', layout, theme)}
        columns={digitColumns(layout)}
      />
    </Box>
  );
  if (!layout.framed) return images;
  return (
    <Panel {...digitsTitle(probes, dataset)} columns={columns}>
      {images}
      {probes && <Line spans={digitLosses(probes, layout)} />}
    </Panel>
  );
}

function ImageRow({
  label,
  count,
  rows,
  columns,
}: {
  readonly label: string;
  readonly count: number;
  readonly rows: readonly string[];
  readonly columns: number;
}): ReactNode {
  return (
    <Box alignItems="center">
      <Box width={DIGITS_LABEL_COLUMNS} flexShrink={0}>
        <Line spans={[['label', label]]} />
      </Box>
      <HitArea target={{ type: 'digits', count, columnsEach: columns / count }}>
        <Canvas columns={columns} rows={rows} />
      </HitArea>
    </Box>
  );
}
