import type { DecodingOptions } from './imageOptions.js';
import type { ImageType } from './imageType.js';
import type { RawImage } from './rawImage.js';

/** Turns image files into pixels. */
export interface ImageDecoder {
  readonly types: ReadonlySet<ImageType>;
  /** Images that are decoded at the same time. */
  readonly concurrency: number;
  /**
   * The first picture of a file, resized, upright, on black.
   * @throws Error that says what is wrong with the file
   */
  decode(bytes: Uint8Array, type: ImageType, options: DecodingOptions): Promise<RawImage>;
}

/** Some more than the largest cameras have. */
export const MOST_PIXELS = 2 ** 27;

/** Two bytes can promise gigabytes. @throws Error */
export function requirePixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Error('an image without pixels');
  if (width * height > MOST_PIXELS)
    throw new Error(`${height}×${width} pixels, more than ${MOST_PIXELS / 2 ** 20} million`);
}
