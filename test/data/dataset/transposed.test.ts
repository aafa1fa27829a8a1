import { expect, test } from 'vitest';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { transposed } from '../../../src/data/dataset/transposed.js';

const wide = memoryDataset({ shape: [2, 3, 1], pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), labels: [9] });

test('rows become columns; twice is nothing', async () => {
  const turned = transposed(wide);
  expect([turned.shape, turned.labels]).toEqual([[3, 2, 1], Uint8Array.of(9)]);
  expect(await turned.read(0, 1)).toEqual(Uint8Array.of(1, 4, 2, 5, 3, 6));
  expect(await transposed(turned).read(0, 1)).toEqual(await wide.read(0, 1));
  expect(await turned.digest()).not.toBe(await wide.digest());
});

test('channels of a pixel stay together', async () => {
  const colour = memoryDataset({ shape: [1, 2, 3], pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  expect([...(await transposed(colour).read(0, 1))]).toEqual([1, 2, 3, 4, 5, 6]);
});
