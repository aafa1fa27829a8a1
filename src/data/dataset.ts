// What a data set offers a pipeline: images by index, and batches of them in an order that is a function of (seed, epoch).
import type { Batch, ImageShape } from './batch.js';
import type { Source } from './source.js';

export interface BatchOptions {
  /** Images in a batch. @default 20 */
  readonly size?: number;
  /** @default 1 */
  readonly epochs?: number;
  /** A new order each epoch, a function of (seed, epoch). @default file order */
  readonly shuffle?: { readonly seed: number };
  /** Leaves out the last batch of an epoch where it is not full. @default false */
  readonly dropLast?: boolean;
  /** Takes every `count`-th item, from `index` on. @default { index: 0, count: 1 } */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Where to begin: what {@link BatchPosition} says has been consumed. @default the beginning */
  readonly start?: BatchPosition;
}

/** Items consumed, not read ahead: all that a resume needs beside the options. */
export interface BatchPosition {
  /** The epoch, from 1. */
  readonly epoch: number;
  /** Index of the next batch within the epoch, from 0. */
  readonly index: number;
}

export interface MapOptions {
  /** `[height, width, channels]` of what the function returns. @default that of the images before */
  readonly shape?: ImageShape;
}

export interface HoldOutOptions {
  /** Which images are held out, a whole number. @default 1 */
  readonly seed?: number;
}

/** Images of fixed size, addressed by index. `memoryDataset`, `defineDataset`, `mnist`, `idx`, `folder` and `concat` make some. */
export interface Dataset {
  /** e.g. `mnist` or the file's name. */
  readonly name: string;
  /** Where it comes from: a path or an address. */
  readonly source: string;
  readonly items: number;
  readonly shape: ImageShape;
  /** True for the embedded sample of MNIST. */
  readonly sample: boolean;
  /** One label an image, where there are labels. */
  readonly labels?: Uint8Array | undefined;
  /** Each image's path below the folder or in the archive, where it is a file of its own, e.g. `cats/1.png`. */
  readonly names?: readonly string[] | undefined;
  /**
   * Tells these images from others, lower-case hexadecimal. Of a file or of bytes in memory it is the sha256 of the images' payload (the bytes after
   * the header), of images that are made of those of others the sha256 of the sha256s of pieces of 4 MiB, whole images each.
   */
  digest(): Promise<string>;
  /** The images `from` … `to − 1` in file order; a view where the data lie in memory. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The first `items` images as a data set of its own. */
  take(items: number): Dataset;
  /**
   * The images `from` … `to − 1` with their labels as a data set of its own: nothing is copied, and their places begin at 0. As in `Array.slice`,
   * what is negative counts from the end, and what is beyond the end is the end.
   *
   * @param to @default all that follow
   *
   * @example
   * import { memoryDataset } from 'millrace';
   *
   * const four = memoryDataset({ shape: [1, 1, 1], pixels: Uint8Array.of(10, 20, 30, 40) });
   * console.log(await four.slice(1, 3).read(0, 2)); // Uint8Array(2) [ 20, 30 ]
   * console.log(four.slice(-1).items); // 1
   *
   * @throws OptionError where a limit is not a whole number, or no image is left
   */
  slice(from: number, to?: number): Dataset;
  /**
   * The images as a function changes them, each whenever it is read: nothing is kept. Order and labels stay.
   *
   * @param change is given a copy of an image's bytes, which it may write to, and its place; it returns bytes 0..255 of the `shape`, the
   * same whenever it is asked. It is asked once for each image of a batch, and for all of them by `digest`.
   *
   * @example
   * import { memoryDataset } from 'millrace';
   *
   * const dark = memoryDataset({ shape: [1, 2, 1], pixels: Uint8Array.of(0, 10, 20, 30) });
   * const bright = dark.map((pixels) => pixels.map((value) => 255 - value));
   * console.log(await bright.read(1, 2)); // Uint8Array(2) [ 235, 225 ]
   * const left = dark.map((pixels) => pixels.subarray(0, 1), { shape: [1, 1, 1] });
   * console.log(await left.read(0, 2)); // Uint8Array(2) [ 0, 20 ]
   *
   * @throws OptionError where the shape is none. Reading fails with DataError `DATA_SHAPE` where the function returns anything else
   */
  map(change: (pixels: Uint8Array, index: number) => Uint8Array, options?: MapOptions): Dataset;
  /**
   * Sets a share of the images aside to test with: `train` and `test` have no image in common, and together all of them. Which ones is chosen
   * at random, as a function of the seed and the number of images alone; in both parts they keep their order and their labels.
   *
   * @param fraction of the images, between 0 and 1; the test part has `round(items × fraction)`
   *
   * @example
   * import { memoryDataset } from 'millrace';
   *
   * const ten = memoryDataset({ shape: [1, 1, 1], pixels: Uint8Array.from({ length: 10 }, (_, place) => place) });
   * const { train, test } = ten.holdOut(0.2, { seed: 1 });
   * console.log(train.items, test.items); // 8 2
   *
   * @throws OptionError where the fraction is not between 0 and 1, or leaves a part without an image
   */
  holdOut(fraction: number, options?: HoldOutOptions): Required<DatasetPair>;
  /** A source for `pipeline`. */
  batches(options?: BatchOptions): Source<Batch>;
  /** Batches that an epoch yields with these options. */
  batchesPerEpoch(options?: BatchOptions): number;
}

/** A training and, where there is one, a test set. */
export interface DatasetPair {
  readonly train: Dataset;
  readonly test?: Dataset;
}
