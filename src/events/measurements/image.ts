import { OptionError } from '../../errors.js';
import { encodeBase64 } from '../../text/base64.js';
import type { EventBody } from '../schema.js';
import { MOST_IMAGE_BYTES } from './limits.js';
import { requireMeasuredName } from './requireMeasuredName.js';

/** An `image` event before it is stamped. */
export type ImageBody = Extract<EventBody, { type: 'image' }>;

/**
 * A picture of your own, as the body of an event: attention, a batch, what a generator makes. `measure` puts it among the events of
 * a training; the dashboard shows the pictures of a name as a film over the steps.
 *
 * @param pixels in h, w, c order: bytes 0..255, or floats 0..1, of which what lies outside is clipped and NaN is black
 * @param shape `[height, width, channels]`; 1 channel is grey, 3 are red, green and blue
 *
 * @example
 * const { type, name, pixels } = image('ramp', Uint8Array.of(0, 128, 255), [1, 3, 1]);
 * console.log(type, name, pixels); // image ramp AID/
 *
 * @throws OptionError when the name is empty, the shape is no image's, has another number of pixels or more than 1,048,576 of them
 */
export function image(
  name: string,
  pixels: Uint8Array | Uint8ClampedArray | Float32Array,
  shape: readonly [height: number, width: number, channels: 1 | 3],
): ImageBody {
  requireMeasuredName(name);
  const bytes = bytesOf(pixels);
  const size = requireImageSize(shape);
  if (bytes.length !== size)
    throw new OptionError('pixels', `${bytes.length} numbers`, `${shape.join('×')}, which is ${size}`);
  const [height, width, channels] = shape;
  return { type: 'image', name, shape: [height, width, channels], pixels: encodeBase64(bytes) };
}

function bytesOf(pixels: unknown): Uint8Array | Uint8ClampedArray {
  if (pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray) return pixels;
  if (pixels instanceof Float32Array) return Uint8ClampedArray.from(pixels, (value) => value * 255);
  throw new OptionError('pixels', pixels, 'a Uint8Array of bytes or a Float32Array of numbers from 0 to 1');
}

function requireImageSize(shape: unknown): number {
  const sides = Array.isArray(shape) ? shape : [];
  const isShape = sides.length === 3 && sides.every((side) => Number.isSafeInteger(side) && side >= 1);
  const size = sides.reduce((product: number, side: number) => product * side, 1);
  if (isShape && (sides[2] === 1 || sides[2] === 3) && size <= MOST_IMAGE_BYTES) return size;
  throw new OptionError(
    'shape',
    shape,
    `[height, width, 1 or 3] of at most ${MOST_IMAGE_BYTES} numbers`,
    'Make a larger image smaller before it is told.',
  );
}
