// Batches of a data set as a source: pulled, in an order that is a function of (seed, epoch).
import type { Batch, ImageShape } from '../batch.js';
import type { BatchOptions } from '../dataset.js';
import type { Source, SourceReader } from '../source.js';
import { type BatchOrder, batchOrder } from './batchOrder.js';
import { gather, type ImageReader, type ImageStore } from './imageStore.js';

/** What batches are made of. */
export interface LabelledImages {
  readonly store: ImageStore;
  readonly shape: ImageShape;
  readonly labels?: Uint8Array;
}

/**
 * A source of batches `[n, h, w, c]` with `Uint8Array` pixels.
 *
 * Where the images lie in memory, `next` has its result at hand, and images that are neighbours in the file are a view.
 *
 * @throws OptionError when an option is outside its range
 */
export function batchSource(images: LabelledImages, options?: BatchOptions): Source<Batch> {
  const order = batchOrder(images.store.items, options);
  return {
    open(signal) {
      const reader = images.store.open(signal);
      return reader instanceof Promise
        ? reader.then((opened) => pullBatches(images, order, opened))
        : pullBatches(images, order, reader);
    },
  };
}

const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

function pullBatches(
  { store, shape, labels }: LabelledImages,
  order: BatchOrder,
  reader: ImageReader,
): SourceReader<Batch> {
  let { epoch, index } = order.start;
  let indicesOf = order.epoch(epoch);
  return {
    next() {
      if (index >= order.batchesPerEpoch) {
        epoch += 1;
        index = 0;
        indicesOf = order.epoch(epoch);
      }
      if (epoch > order.epochs || order.batchesPerEpoch === 0) return DONE;
      const indices = indicesOf(index);
      const place = { epoch, index };
      index += 1;
      const result = (pixels: Uint8Array): IteratorYieldResult<Batch> => ({
        done: false,
        value: {
          pixels,
          shape: [indices.length, ...shape],
          length: indices.length,
          ...(labels === undefined ? {} : { labels: pick(labels, indices) }),
          indices,
          ...place,
        },
      });
      const pixels = gather(reader, indices, store.imageSize);
      return pixels instanceof Promise ? pixels.then(result) : result(pixels);
    },
    close: () => reader.close(),
  };
}

/** A loop: once a batch, and `from` with a function took a third of a percent of a run. */
function pick(labels: Uint8Array, indices: Uint32Array): Uint8Array {
  const picked = new Uint8Array(indices.length);
  for (let item = 0; item < indices.length; item++) picked[item] = labels[indices[item]!]!;
  return picked;
}
