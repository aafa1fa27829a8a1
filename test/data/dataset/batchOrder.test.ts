import { expect, test } from 'vitest';
import { batchOrder } from '../../../src/data/dataset/batchOrder.js';
import type { BatchOptions } from '../../../src/data/dataset.js';
import { OptionError } from '../../../src/errors.js';

test.each<[string, BatchOptions]>([
  ['size', { size: 0 }],
  ['size', { size: 2.5 }],
  ['size', { size: Number.NaN }],
  ['epochs', { epochs: 0 }],
  ['epochs', { epochs: -1 }],
  ['epochs', { epochs: Infinity }],
  ['shuffle.seed', { shuffle: { seed: 0.5 } }],
  ['shard.count', { shard: { index: 0, count: 0 } }],
  ['shard.index', { shard: { index: 2, count: 2 } }],
  ['shard.index', { shard: { index: -1, count: 2 } }],
  ['start.epoch', { start: { epoch: 0, index: 0 } }],
  ['start.epoch', { epochs: 2, start: { epoch: 4, index: 0 } }],
  ['start.index', { size: 4, start: { epoch: 1, index: 4 } }],
  ['start.index', { epochs: 2, start: { epoch: 3, index: 1 } }],
])('refuses a %s outside its range: %j', (option, options) => {
  expect(() => batchOrder(10, options)).toThrow(OptionError);
  expect(() => batchOrder(10, options)).toThrow(expect.objectContaining({ option }));
});

test('says what the range is', () => {
  expect(() => batchOrder(10, { shard: { index: 3, count: 3 } })).toThrow(
    'shard.index: expected a whole number, 0 to 2, found 3.',
  );
});

test.each<[number, BatchOptions]>([
  [1, {}],
  [3, { size: 4 }],
  [2, { size: 4, dropLast: true }],
  [0, { size: 11, dropLast: true }],
  [2, { size: 3, shard: { index: 1, count: 2 } }],
  [1, { size: 3, shard: { index: 1, count: 2 }, dropLast: true }],
  [1, { size: 4, shard: { index: 9, count: 10 } }],
  [0, { size: 4, shard: { index: 10, count: 11 } }],
])('counts %i batches an epoch of ten items for %j', (batches, options) => {
  expect(batchOrder(10, options).batchesPerEpoch).toBe(batches);
});
