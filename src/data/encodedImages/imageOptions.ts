import { OptionError } from '../../errors.js';
import { requireInteger } from '../requireInteger.js';

export const FITS = ['cover', 'contain', 'fill'] as const;

/** What becomes of images of any size, for data whose images are files of their own: folders and archives of PNG, JPEG and others. */
export interface ImageOptions {
  /** `[height, width]` that every image gets, 1 to 8192 each. @default all images have one size already */
  readonly resize?: readonly [height: number, width: number];
  /**
   * How an image of other proportions gets there: `cover` cuts off what stands out on both sides, `contain` adds black, `fill` distorts it.
   * @default 'cover'
   */
  readonly fit?: (typeof FITS)[number];
  /** 1 makes all images grey (luma of BT.601), 3 gives grey ones red, green and blue. @default 3 where an image has colours, otherwise 1 */
  readonly channels?: 1 | 3;
}

const LONGEST_SIDE = 8192;

/** @throws OptionError for the first that is out of range */
export function checkImageOptions({ resize, fit, channels }: ImageOptions): void {
  if (resize !== undefined) {
    if (!Array.isArray(resize) || resize.length !== 2)
      throw new OptionError('resize', resize, 'a height and a width, such as 64x64');
    for (const side of resize) requireInteger('resize', side, 1, LONGEST_SIDE);
  }
  if (fit !== undefined && !FITS.includes(fit)) throw new OptionError('fit', fit, `one of ${FITS.join(', ')}`);
  if (fit !== undefined && resize === undefined)
    throw new OptionError('fit', fit, 'nothing without resize', 'Give resize, too.');
  if (channels !== undefined && channels !== 1 && channels !== 3) throw new OptionError('channels', channels, '1 or 3');
}

/** The size and the kind that images are decoded to, as far as that is known before the first. */
export type DecodingOptions = Pick<ImageOptions, 'resize'> & { readonly fit: (typeof FITS)[number] };
