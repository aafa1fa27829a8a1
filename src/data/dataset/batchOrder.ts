// Which images make up which batch: arithmetic alone, in O(1) memory.
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { permutation } from '../../random.js';
import type { BatchOptions, BatchPosition } from '../dataset.js';
import { requireInteger } from '../requireInteger.js';

const OPTIONS: OptionNames<BatchOptions> = {
  size: true,
  epochs: true,
  shuffle: true,
  dropLast: true,
  shard: true,
  start: true,
};

/** The order of all batches over all epochs. */
export interface BatchOrder {
  readonly epochs: number;
  readonly batchesPerEpoch: number;
  readonly start: BatchPosition;
  /** Indices of the images in each batch of an epoch, by the batch's place in it. */
  epoch(epoch: number): (index: number) => Uint32Array<ArrayBuffer>;
}

/**
 * @param items number of images in the data set
 * @throws OptionError when an option is outside its range
 */
export function batchOrder(items: number, options: BatchOptions = {}): BatchOrder {
  requireKnownOptions(options, OPTIONS);
  const { size = 20, epochs = 1, shuffle, dropLast = false, shard = { index: 0, count: 1 } } = options;
  requireInteger('size', size, 1);
  requireInteger('epochs', epochs, 1);
  requireInteger('shard.count', shard.count, 1);
  requireInteger('shard.index', shard.index, 0, shard.count - 1);
  if (shuffle !== undefined) requireInteger('shuffle.seed', shuffle.seed);

  const shardItems = Math.max(0, Math.ceil((items - shard.index) / shard.count));
  const batchesPerEpoch = dropLast ? Math.floor(shardItems / size) : Math.ceil(shardItems / size);
  const start = checkedStart(options.start, epochs, batchesPerEpoch);

  return {
    epochs,
    batchesPerEpoch,
    start,
    epoch(epoch) {
      const place = shuffle === undefined ? undefined : permutation(items, shuffle.seed, epoch);
      return (index) => {
        const from = index * size;
        const indices = new Uint32Array(Math.min(size, shardItems - from));
        for (let item = 0; item < indices.length; item += 1) {
          const position = shard.index + (from + item) * shard.count;
          indices[item] = place === undefined ? position : place(position);
        }
        return indices;
      };
    },
  };
}

/** The end of the last epoch is a fine place to start: nothing is left. */
function checkedStart(start: BatchPosition | undefined, epochs: number, batchesPerEpoch: number): BatchPosition {
  const { epoch, index } = start ?? { epoch: 1, index: 0 };
  requireInteger('start.epoch', epoch, 1, epochs + 1);
  requireInteger('start.index', index, 0, epoch > epochs ? 0 : batchesPerEpoch);
  return { epoch, index };
}
