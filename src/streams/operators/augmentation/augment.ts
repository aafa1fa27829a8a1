import { map, type OperatorFunction } from 'rxjs';
import { type Batch, type ImageShape, imageSize, type Pixels } from '../../../data/batch.js';
import { requireInteger } from '../../../data/requireInteger.js';
import { OptionError } from '../../../errors.js';
import { hash, uniform } from '../../../random.js';

/** What every augmentation is given. */
export interface AugmentationOptions {
  /**
   * A whole number. What happens to an image is a function of (seed, epoch, its place in the data set), whatever batch it lands in. Two augmentations
   * of one kind have seeds of their own.
   */
  readonly seed: number;
}

export interface FillOptions {
  /** What is seen beyond the image's border, 0 (black) to 1 (full brightness). @default 0 */
  readonly fill?: number;
}

/** Writes what becomes of one image. `to` holds nothing but the fill value. */
export type Transform = (from: Pixels, to: Pixels) => void;

/** An augmentation, as its own file describes it. */
export interface Augmentation extends AugmentationOptions, FillOptions {
  /** Tells kinds of augmentation apart that have the same seed. */
  readonly kind: number;
  /** `[height, width, channels]` of an image after it. @default that of the images before */
  readonly shape?: (shape: ImageShape) => ImageShape;
  /** Draws what happens to one image, from uniform numbers in [0, 1) of its own. */
  readonly draw: (random: () => number, shape: ImageShape) => Transform;
}

/**
 * Changes every image of a batch by itself, and its target with it, where it has one: what is to be reconstructed moves along. Bytes stay
 * bytes, floats stay floats; labels, order and places stay.
 */
export function augment({
  kind,
  seed,
  fill = 0,
  shape: shapeAfter,
  draw,
}: Augmentation): OperatorFunction<Batch, Batch> {
  requireInteger('seed', seed);
  if (!(fill >= 0 && fill <= 1)) throw new OptionError('fill', fill, 'a number from 0 to 1');
  return map((batch) => {
    const [items, ...before] = batch.shape;
    const after = shapeAfter?.(before) ?? before;
    const transforms = Array.from(batch.indices, (index) =>
      draw(uniform(hash(kind, seed, batch.epoch, index)), before),
    );
    const changed = (pixels: Pixels): Pixels =>
      transformAll(pixels, transforms, imageSize(before), imageSize(after), fill);
    return {
      ...batch,
      shape: [items, ...after],
      pixels: changed(batch.pixels),
      ...(batch.target && { target: changed(batch.target) }),
    };
  });
}

function transformAll(
  pixels: Pixels,
  transforms: readonly Transform[],
  sizeBefore: number,
  sizeAfter: number,
  fill: number,
): Pixels {
  const result = blank(pixels, transforms.length * sizeAfter, fill);
  for (const [item, transform] of transforms.entries())
    transform(
      pixels.subarray(item * sizeBefore, (item + 1) * sizeBefore),
      result.subarray(item * sizeAfter, (item + 1) * sizeAfter),
    );
  return result;
}

function blank(like: Pixels, values: number, fill: number): Pixels {
  return like instanceof Uint8Array
    ? new Uint8Array(values).fill(Math.round(255 * fill))
    : new Float32Array(values).fill(fill);
}
