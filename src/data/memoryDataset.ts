import { OptionError } from '../errors.js';
import { type ImageShape, imageSize } from './batch.js';
import { ImageDataset } from './dataset/imageDataset.js';
import { memoryStore } from './dataset/imageStore.js';
import type { Dataset } from './dataset.js';

export interface MemoryDatasetOptions {
  /** Shown, and kept with a run. @default 'images' */
  readonly name?: string;
  /** `[height, width, channels]` of one image. */
  readonly shape: ImageShape;
  /** Bytes 0..255, one image after the other, each in h, w, c order. Not to be changed any more. */
  readonly pixels: Uint8Array;
  /** One label an image. @default none */
  readonly labels?: Uint8Array;
}

/**
 * A data set of your own, from bytes in memory: with order, shuffling, digest and resume like those that come from files.
 *
 * @example
 * const grey = memoryDataset({ name: 'grey', shape: [28, 28, 1], pixels: new Uint8Array(50 * 28 * 28).fill(128) });
 * const sizes = pipeline(grey.batches({ size: 20, shuffle: { seed: 1 } }), map(({ length }) => length), toArray());
 * console.log(await lastValueFrom(sizes)); // [ 20, 20, 10 ]
 *
 * @throws OptionError when the pixels are no whole number of images, at least one, or there is not a label for each
 */
export function memoryDataset({ name = 'images', shape, pixels, labels }: MemoryDatasetOptions): Dataset {
  if (!(shape.length === 3 && shape.every((side) => Number.isSafeInteger(side) && side >= 1)))
    throw new OptionError('shape', shape, 'height, width and channels, whole numbers of at least 1');
  const items = pixels.length / imageSize(shape);
  if (!(Number.isInteger(items) && items >= 1))
    throw new OptionError('pixels', `${pixels.length} values`, `a multiple of ${imageSize(shape)}, one image or more`);
  if (labels !== undefined && labels.length !== items)
    throw new OptionError('labels', `${labels.length} labels`, `${items}, one an image`);
  return new ImageDataset({ name, source: 'memory', sample: false }, shape, memoryStore(pixels, items), labels);
}
