import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { describeValue } from '../../text/describeValue.js';
import { type ImageShape, imageSize } from '../batch.js';
import type { Dataset } from '../dataset.js';
import { labelBytes } from '../labelBytes.js';
import { requireImageShape } from '../requireImageShape.js';
import { ImageDataset } from './imageDataset.js';
import { memoryStore } from './imageStore.js';

export interface MemoryDatasetOptions {
  /** Shown, and kept with a run. @default 'images' */
  readonly name?: string;
  /** `[height, width, channels]` of one image. */
  readonly shape: ImageShape;
  /**
   * Bytes 0..255, each image in h, w, c order: one image after the other, not to be changed any more, or a list of images,
   * which are copied.
   */
  readonly pixels: Uint8Array | readonly Uint8Array[];
  /** One label an image, 0 to 255. @default none */
  readonly labels?: Uint8Array | readonly number[];
}

const OPTIONS: OptionNames<MemoryDatasetOptions> = { name: true, shape: true, pixels: true, labels: true };

/**
 * A data set of your own, from bytes in memory: with order, shuffling, digest and resume like those that come from files.
 *
 * @example
 * import { memoryDataset } from 'millrace';
 *
 * const pixels = Uint8Array.from({ length: 100 * 28 * 28 }, (_, at) => at % 251);
 * const stripes = memoryDataset({ name: 'stripes', shape: [28, 28, 1], pixels });
 * console.log(stripes.items, stripes.batchesPerEpoch({ size: 30 })); // 100 4
 *
 * const dots = memoryDataset({ shape: [1, 2, 1], pixels: [Uint8Array.of(0, 255), Uint8Array.of(255, 0)], labels: [0, 1] });
 * console.log(dots.items); // 2
 *
 * @throws OptionError when the pixels are no whole number of images, at least one, or there is not a label for each
 */
export function memoryDataset(options: MemoryDatasetOptions): Dataset {
  requireKnownOptions(options, OPTIONS);
  const { name = 'images', shape, pixels, labels } = options;
  requireImageShape(shape);
  const bytes = joined(pixels, imageSize(shape));
  const items = bytes.length / imageSize(shape);
  if (!(Number.isInteger(items) && items >= 1))
    throw new OptionError('pixels', `${bytes.length} values`, `a multiple of ${imageSize(shape)}, one image or more`);
  const identity = { name, source: 'memory', sample: false };
  return new ImageDataset(identity, shape, memoryStore(bytes, items), labels && labelBytes(labels, items));
}

function joined(pixels: Uint8Array | readonly Uint8Array[], size: number): Uint8Array {
  if (pixels instanceof Uint8Array) return pixels;
  if (!Array.isArray(pixels)) throw new OptionError('pixels', pixels, BYTES, ADVICE);
  const bytes = new Uint8Array(pixels.length * size);
  for (const [index, image] of pixels.entries()) {
    const actual = image instanceof Uint8Array ? `${image.length} values` : describeValue(image);
    if (actual !== `${size} values`)
      throw new OptionError('pixels', `${actual} as image ${index}`, `a Uint8Array of ${size} in its place`, ADVICE);
    bytes.set(image, index * size);
  }
  return bytes;
}

const BYTES = 'a Uint8Array, or a list of them';
const ADVICE =
  'Give bytes 0..255; floats 0..1 are bytes after Uint8Array.from(floats, (value) => Math.round(255 * value)).';
