// Pictures in true pixels, for terminals that can show them.
import { STRONGEST } from './errorTile.js';
import type { TileShape } from './tile.js';

export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly bytes: Uint8Array;
}

/** @param pixels 0..255 in (h, w, c) order: one channel is grey, of three or more the first three are red, green and blue */
export function rgbOfPixels(pixels: Uint8Array, [height, width, channels]: TileShape): RgbImage {
  return rgbImage(height, width, (place, channel) => pixels[place * channels + (channels >= 3 ? channel : 0)] ?? 0);
}

/** @param values -1 to 1 in (h, w) order; coloured as `drawSignedTile` does */
export function rgbOfSigned(
  values: ArrayLike<number>,
  [height, width]: readonly [height: number, width: number],
): RgbImage {
  return rgbImage(height, width, (place, channel) => {
    const value = values[place] ?? 0;
    return Math.min(1, Math.abs(value)) * STRONGEST[value > 0 ? 'above' : 'below'][channel]!;
  });
}

function rgbImage(height: number, width: number, channelAt: (place: number, channel: number) => number): RgbImage {
  const bytes = Uint8Array.from({ length: height * width * 3 }, (_, index) =>
    channelAt(Math.floor(index / 3), index % 3),
  );
  return { width, height, bytes };
}
