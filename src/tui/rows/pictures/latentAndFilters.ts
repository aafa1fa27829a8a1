// What the network makes inside: the latent of a digit as small maps, and the first layer's filters as pictures.

import type { FilmFrame, Filters, Quantized, SampleImage } from '../../../dashboard/film/filmFrame.js';
import { printable } from '../../../text/printable.js';
import { drawSignedTile } from '../../charts/images/errorTile.js';
import { drawTile, type TileSize } from '../../charts/images/tile.js';
import { drawGallery, layOutGallery, MOST_MAGNIFICATION } from '../../charts/images/tileGrid.js';
import { memoize } from '../../charts/memoize.js';
import type { NetworkSpace } from '../../layout/pinnedLayout.js';
import type { Span, Theme } from '../../theme/theme.js';
import { firstThatFits } from '../fitWords.js';

/** Small pictures, and what they are. */
export interface NetworkPicture {
  readonly name: 'latent' | 'filters';
  readonly caption: readonly Span[];
  /** Cells of every row. */
  readonly columns: number;
  readonly rows: readonly string[];
}

export interface LatentOptions {
  /** Cells that a value is drawn with at most. */
  readonly most?: number;
  /** The decoder also gets what skip connections carry past the latent. */
  readonly isBypassed?: boolean;
}

/** One map a channel, all on one scale, so that they compare; a latent without places is one row of cells, or as many as it needs. */
export function latentPicture(
  frame: FilmFrame,
  image: SampleImage,
  space: TileSize,
  theme: Theme,
  { most = MOST_MAGNIFICATION, isBypassed = false }: LatentOptions = {},
): NetworkPicture | undefined {
  const { latentShape } = frame;
  const { latent } = image;
  if (latentShape === undefined || latent === undefined) return undefined;
  const key = `${latentShape} ${most} ${isBypassed} ${keyOf(space, theme)}`;
  return latents(latent, key, () => {
    const { height, width, maps } = mapsOf(stretched(latent.values, frame), latentShape, space.columns);
    const layout = layOutGallery([height, width], maps.length, space, most);
    const rows = drawGallery(layout, (place) =>
      drawTile(maps[place]!, [height, width, 1], { ...theme, magnification: layout.magnification }),
    );
    const words = `latent ${latentShape.join('×')}`;
    const rest = isBypassed ? [' + skip connections', ' + skips'] : [''];
    const shown = words + shownOf(layout.count, maps.length);
    const texts = [shown, words, 'latent'].flatMap((text) => rest.map((each) => text + each));
    const caption = captionOf(texts, space);
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

/** Of the values that are told apart; what lies beyond is as dark, or as bright, as can be shown: a single one would make all others alike. */
const USUAL = [0.02, 0.98] as const;

function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/** The values of a latent on the scale of all latents of its sample, so that they compare. */
function stretched(values: Uint8Array, frame: FilmFrame): Uint8Array {
  const [low, high] = latentRange(frame);
  if (high <= low) return values;
  return Uint8Array.from(values, (value) =>
    Math.min(255, Math.max(0, Math.round(((value - low) / (high - low)) * 255))),
  );
}

function latentRange(frame: FilmFrame): readonly [low: number, high: number] {
  return latentRanges(frame, '', () => {
    const sorted = Uint8Array.from(frame.images.flatMap(({ latent }) => [...(latent?.values ?? [])])).sort();
    return [percentile(sorted, USUAL[0]), percentile(sorted, USUAL[1])];
  });
}

const latentRanges = memoize<FilmFrame, readonly [low: number, high: number]>();

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

/** -1 to 1, and beyond for the few largest: what nearly all weights stay below is as strong as can be shown. */
function signedFilters({
  shape: [count, height, width, channels],
  levels: { low, high, values },
}: Filters): Float32Array[] {
  const plain = (byte: number): number => low + (byte / 255) * (high - low);
  const sizes = Float64Array.from(values, (byte) => Math.abs(plain(byte))).sort();
  const largest = percentile(sizes, USUAL[1]) || percentile(sizes, 1) || 1;
  const weightOf = (byte: number): number => plain(byte) / largest;
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
  { isBypassed = false }: Pick<LatentOptions, 'isBypassed'> = {},
): NetworkPicture[] {
  const isShown = (picture: NetworkPicture | undefined): picture is NetworkPicture =>
    picture !== undefined && picture.rows.length > 0;
  const { columns, rows } = space;
  if (space.place === 'below') {
    const half = { columns: Math.floor((columns - GAP) / 2), rows: rows - CAPTION };
    return [
      latentPicture(frame, image, half, theme, { isBypassed }),
      filtersPicture(frame.filters, half, theme),
    ].filter(isShown);
  }
  const room = rows - 2 * CAPTION - 1;
  const most = largestTogether(frame, { columns, rows: room });
  const latent = latentPicture(frame, image, { columns, rows: room }, theme, { most, isBypassed });
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
