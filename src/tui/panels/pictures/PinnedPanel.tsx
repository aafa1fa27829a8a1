import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { frameAt } from '../../../dashboard/film/film.js';
import type { FilmFrame, SampleImage } from '../../../dashboard/film/filmFrame.js';
import { latentSkip } from '../../../dashboard/latentSkip.js';
import type { DashboardState } from '../../../dashboard/state.js';
import type { TileSize } from '../../charts/images/tile.js';
import { PINNED_MAGNIFICATION, type PinnedLayout } from '../../layout/pinnedLayout.js';
import { type PictureKind, pictureImage, pictureRows } from '../../rows/pictures/digitPictures.js';
import { errorLegend, PICTURE_LABELS, pinnedTitle, sampleNote } from '../../rows/pictures/digitsRows.js';
import { networkPictures } from '../../rows/pictures/latentAndFilters.js';
import { pinnedLoss } from '../../rows/pictures/pinnedRow.js';
import { ThemeContext } from '../../theme/ThemeContext.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState } from '../../viewState.js';
import { Canvas } from '../Canvas.js';
import { Line } from '../Line.js';
import { Panel } from '../Panel.js';
import { NetworkPicturePanel } from './NetworkPicturePanel.js';

export interface PinnedPanelProps {
  readonly state: DashboardState;
  /** @default the first digit of the newest sample */
  readonly view?: ViewContext;
  readonly layout: PinnedLayout;
  readonly columns: number;
}

/** One digit large, what the network keeps of it, and the filters that it goes through first. */
export function PinnedPanel({ state, view = {}, layout, columns }: PinnedPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  const { cursor, digit: wanted, graphics } = view.viewState ?? initialViewState;
  const frame = frameAt(state.film, cursor);
  if (frame === undefined) return undefined;
  const digit = Math.max(0, Math.min(wanted, frame.images.length - 1));
  const image = frame.images[digit]!;
  const title = pinnedTitle(frame, digit, state.run?.dataset.name);
  const { pictures, networkSpace } = layout;
  const beside = networkSpace?.place === 'beside';
  const isBypassed = state.run !== undefined && latentSkip(state.run) !== undefined;
  return (
    <Panel
      title={title}
      note={sampleNote(state, frame, image.target === undefined ? errorLegend(theme) : [], title, columns)}
      columns={columns}
    >
      <Box flexDirection={beside ? 'row' : 'column'} paddingLeft={1} columnGap={2} rowGap={beside ? 0 : 1}>
        <Box flexDirection="column" width={pictures.columns - 1} flexShrink={0}>
          <Pictures frame={frame} image={image} layout={layout} graphics={graphics} />
          <Line spans={pinnedLoss(state.film, cursor, digit, pictures.columns - 1, theme.glyphs)} />
        </Box>
        {networkSpace && (
          <Box flexDirection={beside ? 'column' : 'row'} rowGap={1} columnGap={2}>
            {networkPictures(networkSpace, frame, image, theme, { isBypassed }).map((picture) => (
              <NetworkPicturePanel key={picture.name} picture={picture} />
            ))}
          </Box>
        )}
      </Box>
    </Panel>
  );
}

interface PicturesProps {
  readonly frame: FilmFrame;
  readonly image: SampleImage;
  readonly layout: PinnedLayout;
  readonly graphics: boolean;
}

function Pictures({ layout: { arrangement, large, small }, ...rest }: PicturesProps): ReactNode {
  // What it is to be tells more than where it is wrong.
  const beside = rest.image.target === undefined ? 'error' : 'target';
  const picture = (kind: PictureKind, size: TileSize): ReactNode => <Picture kind={kind} size={size} {...rest} />;
  if (arrangement === 'row')
    return (
      <Box columnGap={2}>
        {picture('input', small)}
        {picture('reconstruction', large)}
        {picture(beside, small)}
      </Box>
    );
  return (
    <Box columnGap={2}>
      {picture('reconstruction', large)}
      <Box flexDirection="column">
        {picture('input', small)}
        {picture(beside, small)}
      </Box>
    </Box>
  );
}

interface PictureProps {
  readonly kind: PictureKind;
  readonly frame: FilmFrame;
  readonly image: SampleImage;
  readonly size: TileSize;
  readonly graphics: boolean;
}

function Picture({ kind, frame, image, size, graphics }: PictureProps): ReactNode {
  const picture = { ...size, row: 0, column: 0, image: pictureImage(image, kind, frame.shape) };
  const options = { ...useContext(ThemeContext), space: size, magnification: PINNED_MAGNIFICATION };
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Line spans={[['label', PICTURE_LABELS[kind]]]} />
      <Canvas
        columns={size.columns}
        rows={pictureRows(image, kind, frame.shape, options)}
        pictures={graphics ? [picture] : undefined}
      />
    </Box>
  );
}
