import { type Batch, type ImageShape, imageSize } from '../data/batch.js';
import { type OptionNames, requireKnownOptions } from '../options.js';

export interface BatchOfOptions {
  /** Place of the first image in the data set. @default 0 */
  readonly from?: number;
  /** @default [2, 2, 1] */
  readonly shape?: ImageShape;
  /** @default 1 */
  readonly epoch?: number;
  /** @default 0 */
  readonly index?: number;
}

const OPTIONS: OptionNames<BatchOfOptions> = { from: true, shape: true, epoch: true, index: true };

/**
 * A small batch: the images `from`, `from + 1`, … of an imaginary data set, as bytes. Each image's first byte is its
 * place in the data set and its label is that place modulo 10, so that a test can tell them apart.
 *
 * @example
 * import { batchOf } from 'millrace/testing';
 *
 * const batch = batchOf(2, { from: 7, shape: [1, 1, 1] });
 * console.log(batch.pixels, batch.shape); // Uint8Array(2) [ 7, 8 ] [ 2, 1, 1, 1 ]
 */
export function batchOf(items: number, options: BatchOfOptions = {}): Batch {
  requireKnownOptions(options, OPTIONS);
  const { from = 0, shape = [2, 2, 1], epoch = 1, index = 0 } = options;
  const size = imageSize(shape);
  return {
    pixels: Uint8Array.from({ length: items * size }, (_, at) => from + Math.floor(at / size) + (at % size)),
    shape: [items, ...shape],
    length: items,
    labels: Uint8Array.from({ length: items }, (_, item) => (from + item) % 10),
    indices: Uint32Array.from({ length: items }, (_, item) => from + item),
    epoch,
    index,
  };
}

/**
 * One epoch of `items` images in batches of `size`, the last one as large as the rest allows.
 *
 * @example
 * import { batchesOf } from 'millrace/testing';
 *
 * console.log(batchesOf(5, 2).map(({ length }) => length)); // [ 2, 2, 1 ]
 */
export function batchesOf(items: number, size: number, options: Pick<BatchOfOptions, 'shape' | 'epoch'> = {}): Batch[] {
  requireKnownOptions(options, { shape: true, epoch: true });
  const { shape, epoch } = options;
  return Array.from({ length: Math.ceil(items / size) }, (_, index) => {
    const from = index * size;
    return batchOf(Math.min(size, items - from), {
      from,
      index,
      ...(shape === undefined ? {} : { shape }),
      ...(epoch === undefined ? {} : { epoch }),
    });
  });
}
