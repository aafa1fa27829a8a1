import { imageHeader } from '../../data/encodedImages/imageHeader.js';
import { imageTypeOf } from '../../data/encodedImages/imageType.js';
import { plainDecoder } from '../../data/encodedImages/node/plainDecoder.js';
import { resizeImage } from '../../data/encodedImages/resizeImage.js';
import { MOST_IMAGE_BYTES } from '../../events/measurements/limits.js';
import { encodeBase64 } from '../../text/base64.js';
import type { DecodePicture } from '../../tracking/toldEvents.js';

/** A picture that a training shows now and then; a sheet of many has some millions. */
const MOST_PIXELS = 2 ** 24;

/** A PNG or JPEG of another tool's record as an event's pixels, reduced to what an event may hold. */
export const decodePicture: DecodePicture = async (bytes) => {
  const type = imageTypeOf(bytes);
  const header = type && imageHeader(bytes, type);
  if (type === undefined || header === undefined || header.width * header.height > MOST_PIXELS) return undefined;
  try {
    const image = await plainDecoder.decode(bytes, type, { fit: 'fill' });
    const { height, width, channels, pixels } = reduced(image);
    return { shape: [height, width, channels], pixels: encodeBase64(pixels) };
  } catch {
    // Whatever a decoder says of a damaged picture, the rest of the run is worth reading.
    return undefined;
  }
};

function reduced(image: Awaited<ReturnType<typeof plainDecoder.decode>>): typeof image {
  const { height, width, channels } = image;
  const ratio = Math.sqrt(MOST_IMAGE_BYTES / (height * width * channels));
  if (ratio >= 1) return image;
  const side = (length: number): number => Math.max(1, Math.floor(length * ratio));
  return resizeImage(image, {
    resize: [side(height), Math.min(side(width), Math.floor(MOST_IMAGE_BYTES / (side(height) * channels)))],
    fit: 'fill',
  });
}
