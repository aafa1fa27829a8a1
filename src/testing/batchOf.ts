import { type Batch, type ImageShape, imageSize } from '../data/batch.js';

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

/**
 * A small batch: the images `from`, `from + 1`, … of an imaginary data set, as bytes. Each image's first byte is its
 * place in the data set and its label is that place modulo 10, so that a test can tell them apart.
 */
export function batchOf(
  items: number,
  { from = 0, shape = [2, 2, 1], epoch = 1, index = 0 }: BatchOfOptions = {},
): Batch {
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

/** One epoch of `items` images in batches of `size`, the last one as large as the rest allows. */
export function batchesOf(
  items: number,
  size: number,
  { shape, epoch }: Pick<BatchOfOptions, 'shape' | 'epoch'> = {},
): Batch[] {
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
