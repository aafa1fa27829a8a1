// What the network makes inside: the latent of a digit as small maps, and the first layer's filters as pictures.

import type { FilmFrame, Filters, Quantized, SampleImage } from '../../dashboard/film/filmFrame.js';
import { printable } from '../../text/printable.js';
import { drawSignedTile } from '../charts/images/errorTile.js';
import { drawTile, type TileSize } from '../charts/images/tile.js';
import { drawGallery, layOutGallery, MOST_MAGNIFICATION } from '../charts/images/tileGrid.js';
import { memoize } from '../charts/memoize.js';
import type { NetworkSpace } from '../layout/pinnedLayout.js';
import type { Span, Theme } from '../theme/theme.js';
import { firstThatFits } from './fitWords.js';

/** Small pictures, and what they are. */
export interface NetworkPicture {
  readonly name: 'latent' | 'filters';
  readonly caption: readonly Span[];
  /** Cells of every row. */
  readonly columns: number;
  readonly rows: readonly string[];
}

/** One map a channel, all on one scale, so that they compare; a latent without places is one row of cells, or as many as it needs. */
export function latentPicture(
  frame: FilmFrame,
  image: SampleImage,
  space: TileSize,
  theme: Theme,
  most = MOST_MAGNIFICATION,
): NetworkPicture | undefined {
  const { latentShape } = frame;
  const { latent } = image;
  if (latentShape === undefined || latent === undefined) return undefined;
  const key = `${latentShape} ${most} ${keyOf(space, theme)}`;
  return latents(latent, key, () => {
    const { height, width, maps } = mapsOf(latent.values, latentShape, space.columns);
    const layout = layOutGallery([height, width], maps.length, space, most);
    const rows = drawGallery(layout, (place) =>
      drawTile(maps[place]!, [height, width, 1], { ...theme, magnification: layout.magnification }),
    );
    const words = `latent ${latentShape.join('×')}`;
    const caption = captionOf([words + shownOf(layout.count, maps.length), words, 'latent'], space);
    return { name: 'latent', caption, columns: layout.size.columns, rows };
  });
}

const latents = memoize<Quantized, NetworkPicture>();

/** Every filter on one scale, the mean over its input channels; zero is black. */
export function filtersPicture(
  filters: Filters | undefined,
  space: TileSize,
  theme: Theme,
): NetworkPicture | undefined {
  if (filters === undefined) return undefined;
  return drawnFilters(filters, keyOf(space, theme), () => {
    const [count, height, width] = filters.shape;
    const pictures = signedFilters(filters);
    const layout = layOutGallery([height, width], count, space);
    const rows = drawGallery(layout, (place) =>
      drawSignedTile(pictures[place]!, [height, width], { ...theme, magnification: layout.magnification }),
    );
    const size = ` ${height}×${width}${shownOf(layout.count, count)}`;
    const caption = captionOf([`filters of ${printable(filters.layer)}${size}`, `filters${size}`, 'filters'], space);
    return { name: 'filters', caption, columns: layout.size.columns, rows };
  });
}

const drawnFilters = memoize<Filters, NetworkPicture>();

function keyOf({ columns, rows }: TileSize, { color, glyphs, black }: Theme): string {
  return [columns, rows, color, glyphs, black].join(' ');
}

function captionOf(texts: readonly string[], { columns }: TileSize): Span[] {
  return firstThatFits(
    texts.map((text): Span[] => [['label', text]]),
    columns,
  );
}

function shownOf(shown: number, all: number): string {
  return shown < all ? `, ${shown} of ${all}` : '';
}

interface Maps {
  readonly height: number;
  readonly width: number;
  readonly maps: readonly Uint8Array[];
}

function mapsOf(values: Uint8Array, shape: readonly number[], columns: number): Maps {
  const [height = 1, width = 1, channels] = shape;
  if (channels === undefined) {
    // Two columns a value, which makes it as wide as it is high.
    const perRow = Math.max(1, Math.min(values.length, Math.floor(columns / 2)));
    return { height: Math.ceil(values.length / perRow), width: perRow, maps: [values] };
  }
  const maps = Array.from({ length: channels }, (_, channel) =>
    Uint8Array.from({ length: height * width }, (_, place) => values[place * channels + channel] ?? 0),
  );
  return { height, width, maps };
}

/** -1 to 1: the largest weight of all filters is as strong as can be shown. */
function signedFilters({
  shape: [count, height, width, channels],
  levels: { low, high, values },
}: Filters): Float32Array[] {
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const weightOf = (byte: number): number => (low + (byte / 255) * (high - low)) / largest;
  return Array.from({ length: count }, (_, filter) =>
    Float32Array.from({ length: height * width }, (_, place) => {
      const start = (filter * height * width + place) * channels;
      return values.subarray(start, start + channels).reduce((sum, byte) => sum + weightOf(byte), 0) / channels;
    }),
  );
}

const CAPTION = 1;
const GAP = 2;

/** Both: beside each other in a low space, otherwise one below the other. */
export function networkPictures(
  space: NetworkSpace,
  frame: FilmFrame,
  image: SampleImage,
  theme: Theme,
): NetworkPicture[] {
  const isShown = (picture: NetworkPicture | undefined): picture is NetworkPicture =>
    picture !== undefined && picture.rows.length > 0;
  const { columns, rows } = space;
  if (space.place === 'below') {
    const half = { columns: Math.floor((columns - GAP) / 2), rows: rows - CAPTION };
    return [latentPicture(frame, image, half, theme), filtersPicture(frame.filters, half, theme)].filter(isShown);
  }
  const room = rows - 2 * CAPTION - 1;
  const most = largestTogether(frame, { columns, rows: room });
  const latent = latentPicture(frame, image, { columns, rows: room }, theme, most);
  const left = room - (latent?.rows.length ?? 0);
  return [latent, filtersPicture(frame.filters, { columns, rows: left }, theme)].filter(isShown);
}

/** Magnification of the latent at which the filters are no more than one step smaller. */
function largestTogether({ latentShape = [], filters }: FilmFrame, { columns, rows }: TileSize): number {
  const [height, width, channels] = latentShape;
  if (channels === undefined || filters === undefined) return MOST_MAGNIFICATION;
  const [count, filterHeight, filterWidth] = filters.shape;
  for (let most = MOST_MAGNIFICATION; most > 1; most--) {
    const latent = layOutGallery([height!, width!], channels, { columns, rows }, most);
    const left = { columns, rows: rows - latent.size.rows };
    const beneath = layOutGallery([filterHeight, filterWidth], count, left);
    if (beneath.count === count && beneath.magnification >= latent.magnification - 1) return most;
  }
  return 1;
}
