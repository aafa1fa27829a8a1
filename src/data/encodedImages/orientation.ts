// How a camera was held: tag 0x0112 of EXIF, a TIFF header in a JPEG's APP1 segment.
import type { RawImage } from './rawImage.js';

const ORIENTATION = 0x0112;

/**
 * The orientation in EXIF data, 1 (upright) to 8; 1 where there is none, or they are damaged.
 * @param exif from its TIFF header on, `II` or `MM`
 * @see Exif 2.32, 4.6.4; TIFF 6.0, section 2
 */
export function exifOrientation(exif: Uint8Array): number {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2; at < directory + 2 + 12 * entries && at + 12 <= view.byteLength; at += 12) {
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Turns an image upright. @param orientation as EXIF tells it, 1 to 8 */
export function upright(image: RawImage, orientation: number): RawImage {
  if (orientation === 1) return image;
  const { height, width, channels, pixels } = image;
  const swapped = orientation > 4;
  const [newHeight, newWidth] = swapped ? [width, height] : [height, width];
  const result = new Uint8Array(pixels.length);
  for (let row = 0; row < newHeight; row += 1)
    for (let column = 0; column < newWidth; column += 1) {
      const [alongHeight, alongWidth] = swapped ? [column, row] : [row, column];
      const fromRow = FROM_BOTTOM.has(orientation) ? height - 1 - alongHeight : alongHeight;
      const fromColumn = FROM_RIGHT.has(orientation) ? width - 1 - alongWidth : alongWidth;
      const from = (fromRow * width + fromColumn) * channels;
      result.set(pixels.subarray(from, from + channels), (row * newWidth + column) * channels);
    }
  return { height: newHeight, width: newWidth, channels, pixels: result };
}

/** Orientations whose rows are stored from the bottom up, and whose columns from the right. */
const FROM_BOTTOM: ReadonlySet<number> = new Set([3, 4, 6, 7]);
const FROM_RIGHT: ReadonlySet<number> = new Set([2, 3, 7, 8]);
