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
      <ImageRow label=" in" layout={layout} rows={digitRows(probes, 'input', layout, theme)} />
      <ImageRow label=" out" layout={layout} rows={digitRows(probes, 'reconstruction', layout, theme)} />
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
  layout,
  rows,
}: {
  readonly label: string;
  readonly layout: DigitsLayout;
  readonly rows: readonly string[];
}): ReactNode {
  const { count, gap, tile } = layout;
  return (
    <Box alignItems="center">
      <Box width={DIGITS_LABEL_COLUMNS} flexShrink={0}>
        <Line spans={[['label', label]]} />
      </Box>
      <HitArea target={{ type: 'digits', first: 0, count, columnsEach: tile.columns + gap }}>
        <Canvas columns={digitColumns(layout)} rows={rows} />
      </HitArea>
    </Box>
  );
}
