import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { frameAt } from '../../dashboard/film/film.js';
import { latentSkip } from '../../dashboard/latentSkip.js';
import { ListPanel } from '../panels/ListPanel.js';
import { NetworkPicturePanel } from '../panels/pictures/NetworkPicturePanel.js';
import { networkRows } from '../rows/networkRows.js';
import { type NetworkPicture, networkPictures } from '../rows/pictures/latentAndFilters.js';
import type { Size } from '../screen/size.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Theme } from '../theme/theme.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import { listWithRest } from './listWithRest.js';
import type { ViewProps } from './viewProps.js';

/** The layers, what each costs, and where there is room, the latent of the chosen picture and the first filters. */
export function NetworkView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{(inner) => <NetworkPanels {...props} inner={inner} />}</FramedView>;
}

function NetworkPanels({ state, view, inner }: ViewProps & { readonly inner: Size }): ReactNode {
  const theme = useContext(ThemeContext);
  const { scroll } = view.viewState ?? initialViewState;
  const rows = networkRows(state, inner.columns);
  const { list, rest } = listWithRest(rows.length, inner);
  const pictures = picturesOf({ state, view }, rest, theme);
  return (
    <>
      <ListPanel title="network" rows={rows} size={pictures.length > 0 ? list : inner} scroll={scroll} />
      <Box paddingLeft={1} columnGap={2}>
        {pictures.map((picture) => (
          <NetworkPicturePanel key={picture.name} picture={picture} />
        ))}
      </Box>
    </>
  );
}

const LEAST_ROWS = 6;

function picturesOf({ state, view }: Pick<ViewProps, 'state' | 'view'>, space: Size, theme: Theme): NetworkPicture[] {
  const { cursor, digit } = view.viewState ?? initialViewState;
  const frame = frameAt(state.film, cursor);
  const image = frame?.images[Math.min(digit, frame.images.length - 1)];
  if (frame === undefined || image === undefined || space.rows < LEAST_ROWS) return [];
  return networkPictures({ place: 'below', columns: space.columns - 2, rows: space.rows }, frame, image, theme, {
    isBypassed: state.run !== undefined && latentSkip(state.run) !== undefined,
  });
}
