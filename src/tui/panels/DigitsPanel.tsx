import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { DigitsLayout } from '../digitsLayout.js';
import { frameAt } from '../film.js';
import type { FilmFrame } from '../filmFrame.js';
import { initialInterface } from '../interface.js';
import {
  digitColumns,
  digitLabels,
  digitLosses,
  digitPictures,
  digitRows,
  digitsShown,
  digitsTitle,
  errorLegend,
  PICTURE_LABELS,
  type ShownDigits,
  sampleNote,
} from '../lines/digits.js';
import { PICTURES, type PictureKind } from '../lines/pictures.js';
import type { DashboardState } from '../state.js';
import type { View } from '../view.js';
import { Canvas } from './Canvas.js';
import { HitArea } from './HitArea.js';
import { Line } from './Line.js';
import { Panel } from './Panel.js';
import { ThemeContext } from './ThemeContext.js';

export interface DigitsPanelProps {
  readonly state: DashboardState;
  /** @default the newest sample */
  readonly view?: View;
  readonly layout: DigitsLayout;
  readonly columns: number;
}

/** What the network saw, over what it made of it, over what is wrong with it: the eye compares vertically. */
export function DigitsPanel({ state, view = {}, layout, columns }: DigitsPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  const { cursor, digit, graphics } = view.interface ?? initialInterface;
  const frame = frameAt(state.film, cursor);
  const shown = frame && digitsShown(frame, layout, digit);
  const pictures = frame && shown && (
    <Box flexDirection="column" rowGap={layout.apart ? 1 : 0}>
      {PICTURES.slice(0, layout.error ? 3 : 2).map((kind) => (
        <PictureRow key={kind} kind={kind} frame={frame} shown={shown} layout={layout} graphics={graphics} />
      ))}
    </Box>
  );
  if (!layout.framed) return pictures;
  const title = digitsTitle(frame, state.run?.dataset.name);
  const note = frame && sampleNote(state, frame, layout.error ? errorLegend(theme) : [], title, columns);
  return (
    <Panel title={title} note={note ?? []} columns={columns}>
      {layout.labels && shown && <Line spans={digitLabels(shown, layout)} />}
      {pictures}
      {shown && <Line spans={digitLosses(shown, layout)} />}
    </Panel>
  );
}

interface PictureRowProps {
  readonly kind: PictureKind;
  readonly frame: FilmFrame;
  readonly shown: ShownDigits;
  readonly layout: DigitsLayout;
  readonly graphics: boolean;
}

function PictureRow({ kind, frame, shown, layout, graphics }: PictureRowProps): ReactNode {
  const rows = digitRows(shown, kind, frame.shape, layout, useContext(ThemeContext));
  const pictures = graphics ? digitPictures(shown, kind, frame.shape, layout) : undefined;
  return (
    <Box alignItems="center">
      <Box width={layout.labelColumns} flexShrink={0}>
        <Line spans={[['label', ` ${PICTURE_LABELS[kind]}`]]} />
      </Box>
      <HitArea
        target={{
          type: 'digits',
          first: shown.first,
          count: shown.images.length,
          columnsEach: layout.tile.columns + layout.gap,
        }}
      >
        <Canvas columns={digitColumns(shown, layout)} rows={rows} pictures={pictures} />
      </HitArea>
    </Box>
  );
}
