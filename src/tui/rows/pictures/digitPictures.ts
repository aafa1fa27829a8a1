// The pictures of a sample image, as rows of cells and as pixels; drawn once, as long as they have to look the same.

import type { FilmFrame, SampleImage } from '../../../dashboard/film/filmFrame.js';
import { drawSignedTile } from '../../charts/images/errorTile.js';
import { type RgbImage, rgbOfPixels, rgbOfSigned } from '../../charts/images/rgb.js';
import { signedError } from '../../charts/images/signedError.js';
import { drawTile, type TileOptions } from '../../charts/images/tile.js';
import { memoize } from '../../charts/memoize.js';

/** `target`: what the reconstruction is to be, which is the input where the data has nothing else. */
export type PictureKind = 'input' | 'target' | 'reconstruction' | 'error';

/** Rows as `drawTile` draws them, `error` as `drawSignedTile` does. */
export function pictureRows(
  image: SampleImage,
  kind: PictureKind,
  shape: FilmFrame['shape'],
  options: TileOptions,
): string[] {
  const { color, glyphs, black, space, magnification } = options;
  const look = [...shape, color, glyphs, black, space?.columns, space?.rows, magnification].join(' ');
  if (kind !== 'error') {
    const pixels = pixelsOf(image, kind);
    return tiles(pixels, look, () => drawTile(pixels, shape, options));
  }
  return errors(image, look, () => drawSignedTile(errorOf(image, shape), [shape[0], shape[1]], options));
}

/** The same picture pixel by pixel. */
export function pictureImage(image: SampleImage, kind: PictureKind, shape: FilmFrame['shape']): RgbImage {
  const look = shape.join(' ');
  if (kind !== 'error') {
    const pixels = pixelsOf(image, kind);
    return images(pixels, look, () => rgbOfPixels(pixels, shape));
  }
  return errorImages(image, look, () => rgbOfSigned(errorOf(image, shape), [shape[0], shape[1]]));
}

function pixelsOf(image: SampleImage, kind: Exclude<PictureKind, 'error'>): Uint8Array {
  return image[kind] ?? image.input;
}

function errorOf({ reconstruction, target, input }: SampleImage, shape: FilmFrame['shape']): Float32Array {
  return signedError(reconstruction, target ?? input, shape);
}

const images = memoize<Uint8Array, RgbImage>();
const errorImages = memoize<SampleImage, RgbImage>();
const tiles = memoize<Uint8Array, string[]>();
const errors = memoize<SampleImage, string[]>();
