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

/** Images of fixed size, addressed by index. */
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
  readonly labels?: Uint8Array;
  /** sha256 of the images' payload (the bytes after the header), lower-case hexadecimal. */
  digest(): Promise<string>;
  /** The images `from` … `to − 1` in file order; a view where the data lie in memory. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The first `items` images as a data set of its own. */
  take(items: number): Dataset;
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
