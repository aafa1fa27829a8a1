import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { FilmFrame } from '../filmFrame.js';
import { DIGITS_LABEL_COLUMNS, type DigitsLayout } from '../layout.js';
import { digitColumns, digitLosses, digitRows, digitsTitle } from '../lines/digits.js';
import { Canvas } from './Canvas.js';
import { Line } from './Line.js';
import { Panel } from './Panel.js';
import { ThemeContext } from './ThemeContext.js';

export interface DigitsPanelProps {
  readonly probes: FilmFrame | undefined;
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
      <ImageRow label=" in" rows={digitRows(probes, 'input', layout, theme)} columns={digitColumns(layout)} />
      <ImageRow label=" out" rows={digitRows(probes, 'reconstruction', layout, theme)} columns={digitColumns(layout)} />
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
  rows,
  columns,
}: {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: number;
}): ReactNode {
  return (
    <Box alignItems="center">
      <Box width={DIGITS_LABEL_COLUMNS} flexShrink={0}>
        <Line spans={[['label', label]]} />
      </Box>
      <Canvas columns={columns} rows={rows} />
    </Box>
  );
}
