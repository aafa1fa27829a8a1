import { requirePixels } from '../imageDecoder.js';
import { decodeBaselineJpeg } from '../jpeg/decodeBaselineJpeg.js';
import { jpegHeader } from '../jpeg/jpegHeader.js';
import { exifOrientation, upright } from '../orientation.js';
import { opaque, type RawImage, withChannels } from '../rawImage.js';

/** jpeg-js keeps its coefficients beside the pixels. */
const MEMORY_MB = 2048;
/** It leaves a zero before the TIFF header of EXIF. */
const EXIF_START = 1;

/** JPEG without native code; what is progressive, turned or otherwise special by jpeg-js. @throws Error for a damaged file */
export async function decodeJpeg(bytes: Uint8Array): Promise<RawImage> {
  const header = jpegHeader(bytes);
  if (header === undefined) throw new Error('it has no frame header');
  requirePixels(header.width, header.height);
  const plain = decodeBaselineJpeg(bytes);
  if (plain !== undefined) return plain;
  const { decode } = (await import('jpeg-js')).default;
  const decoded = decode(bytes, {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: Infinity,
    maxMemoryUsageInMB: MEMORY_MB,
  });
  const { width, height, data, exifBuffer } = decoded as typeof decoded & { readonly exifBuffer?: Uint8Array };
  // Alpha is 255 everywhere.
  const image = opaque({ width, height, channels: 4, data });
  const orientation = exifBuffer === undefined ? 1 : exifOrientation(exifBuffer.subarray(EXIF_START));
  return upright(header.components === 1 ? withChannels(image, 1) : image, orientation);
}
