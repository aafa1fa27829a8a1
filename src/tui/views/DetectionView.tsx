import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { Detection } from '../../dashboard/detection/detection.js';
import { drawErrorChart } from '../charts/errorChart.js';
import { drawRule } from '../charts/rule.js';
import { drawSparkline } from '../charts/sparkline.js';
import { detectionLayout } from '../layout/detectionLayout.js';
import { MINIMUM } from '../layout/layout.js';
import { Canvas } from '../panels/Canvas.js';
import { Line, Lines } from '../panels/Line.js';
import { Panel } from '../panels/Panel.js';
import { anomalyRows, detectionHeader, detectionKeys, thresholdNote } from '../rows/detectionRows.js';
import { tooSmallRows } from '../rows/tooSmall.js';
import type { Size } from '../screen/size.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Span } from '../theme/theme.js';

/** Older ones leave the chart. */
const IMAGES_SHOWN = 2000;
/** What a rule needs beside title and note. */
const RULE_COLUMNS = 12;

export interface DetectionViewProps {
  readonly detection: Detection;
  readonly size: Size;
}

/** A stream that is watched: its errors, and the last anomalies. */
export function DetectionView({ detection, size }: DetectionViewProps): ReactNode {
  const theme = useContext(ThemeContext);
  const { columns, rows } = size;
  if (columns < MINIMUM.columns || rows < MINIMUM.rows) return <Lines rows={tooSmallRows(size)} />;
  const { shape, errors, threshold, anomalies, seen } = detection;
  const { chart, pictures } = detectionLayout(size, shape);
  const images = { from: Math.max(1, seen - IMAGES_SHOWN + 1), to: Math.max(1, seen) };
  const note = thresholdNote(detection, columns - RULE_COLUMNS);
  const drawn: Span[][] =
    chart > 0
      ? drawErrorChart({ errors, threshold, images }, { columns, rows: chart }, theme.glyphs)
      : [[['accent', drawSparkline(errors, columns, theme.glyphs)]]];
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Line spans={detectionHeader(detection, columns)} />
      {chart > 0 ? <Panel title="error" note={note} columns={columns} rows={drawn} /> : <Lines rows={drawn} />}
      {pictures && (
        <>
          {pictures.framed && <Line spans={drawRule('last anomalies', newestFirst(anomalies.length), columns)} />}
          <Canvas columns={columns} rows={anomalyRows(anomalies, shape, pictures, columns, theme)} />
        </>
      )}
      <Line spans={detectionKeys(columns)} />
    </Box>
  );
}

function newestFirst(count: number): Span[] {
  return [['label', count === 0 ? 'none so far' : 'the newest first']];
}
