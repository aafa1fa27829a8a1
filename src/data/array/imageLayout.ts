// Which dimension of an array is which of an image.
import { OptionError } from '../../errors.js';
import type { ImageShape } from '../batch.js';
import { requireInteger } from '../requireInteger.js';

export const LAYOUTS = ['hwc', 'chw'] as const;

/** The order of the dimensions of an image: channels last, or first. */
export type Layout = (typeof LAYOUTS)[number];

export interface ArrangeOptions {
  /** Order of the dimensions of an image, where the shape does not tell. @default told by the shape: 1, 3 or 4 are channels */
  readonly layout?: Layout;
  /** `[height, width, channels]` of an image that is stored as one row of values. @default one of the array's own */
  readonly shape?: ImageShape;
}

/** @throws OptionError for the first option that is out of range */
export function checkArrangeOptions({ layout, shape }: ArrangeOptions): void {
  if (layout !== undefined && !LAYOUTS.includes(layout))
    throw new OptionError('layout', layout, `one of ${LAYOUTS.join(', ')}`);
  if (shape === undefined) return;
  if (!Array.isArray(shape) || shape.length !== 3)
    throw new OptionError('shape', shape, 'a shape such as 28x28 or 32x32x3');
  for (const side of shape) requireInteger('shape', side, 1, LONGEST_SIDE);
}

const LONGEST_SIDE = 2 ** 16;

/** How the images of an array lie in it. */
export interface Arrangement {
  /** Of one image as it comes out, channels last. */
  readonly shape: ImageShape;
  /** How it is stored. */
  readonly layout: Layout;
}

/** Why an array has no images that can be told. */
export type Unarranged = 'ambiguous' | 'flat' | 'rank' | 'size';

/**
 * The arrangement of an array of these dimensions, the first of which counts items: `(n, h, w)`, `(n, h, w, c)`, `(n, c, h, w)`, or `(n, values)`
 * where the shape is given.
 */
export function arrange(
  dimensions: readonly number[],
  { layout, shape }: ArrangeOptions = {},
): Arrangement | Unarranged {
  const [, first = 1, second = 1, third = 1] = dimensions;
  if (shape !== undefined && dimensions.length === 2) {
    if (shape[0] * shape[1] * shape[2] !== first) return 'size';
    return { shape, layout: layout ?? 'hwc' };
  }
  if (dimensions.length === 2) return 'flat';
  if (dimensions.length === 3) return { shape: [first, second, 1], layout: 'hwc' };
  if (dimensions.length !== 4) return 'rank';
  const found = layout ?? layoutOf(first, third);
  if (found === undefined) return 'ambiguous';
  return { shape: found === 'hwc' ? [first, second, third] : [second, third, first], layout: found };
}

const CHANNELS: readonly number[] = [1, 3, 4];

function layoutOf(first: number, last: number): Layout | undefined {
  const [isFirst, isLast] = [CHANNELS.includes(first), CHANNELS.includes(last)];
  if (isFirst === isLast) return undefined;
  return isLast ? 'hwc' : 'chw';
}

/** An image that is stored channel by channel, with its channels last. @param shape `[height, width, channels]` */
export function channelsLast(planes: Uint8Array, [height, width, channels]: ImageShape): Uint8Array {
  const size = height * width;
  const pixels = new Uint8Array(planes.length);
  for (let channel = 0; channel < channels; channel++)
    for (let place = 0; place < size; place++) pixels[place * channels + channel] = planes[channel * size + place]!;
  return pixels;
}
