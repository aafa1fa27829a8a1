import { expect, test } from 'vitest';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { drain } from '../drain.js';

const pixels = Uint8Array.from({ length: 12 }, (_, at) => at);

test('bytes in memory are a data set', async () => {
  const set = memoryDataset({ shape: [2, 2, 1], pixels, labels: Uint8Array.of(7, 8, 9) });
  expect(set).toMatchObject({ name: 'images', source: 'memory', items: 3, sample: false });
  expect(await set.digest()).toMatch(/^[0-9a-f]{64}$/);
  const batches = await drain(set.batches({ size: 2 }));
  expect(batches.map(({ shape }) => shape)).toEqual([
    [2, 2, 2, 1],
    [1, 2, 2, 1],
  ]);
  expect([...batches[1]!.pixels, ...batches[1]!.labels!]).toEqual([8, 9, 10, 11, 9]);
});

test('so is a list of images', async () => {
  const list = [pixels.subarray(0, 4), pixels.subarray(4, 8), pixels.subarray(8)];
  const set = memoryDataset({ shape: [2, 2, 1], pixels: list, labels: [7, 8, 9] });
  expect(set).toMatchObject({ items: 3, labels: Uint8Array.of(7, 8, 9) });
  expect(await set.read(0, 3)).toEqual(pixels);
});

test.each([
  ['shape', { shape: [0, 2, 1], pixels }],
  ['pixels', { shape: [5, 1, 1], pixels }],
  ['pixels', { shape: [1, 1, 1], pixels: new Uint8Array(0) }],
  ['labels', { shape: [2, 2, 1], pixels, labels: Uint8Array.of(1) }],
  ['labels', { shape: [2, 2, 1], pixels, labels: [1, 2, -1] }],
  ['pixels', { shape: [2, 2, 1], pixels: new Float32Array(12) as never }],
  ['pixels', { shape: [2, 2, 1], pixels: [new Uint8Array(4), new Uint8Array(3)] }],
  ['pixels', { shape: [2, 2, 1], pixels: [[0, 0, 0, 0]] as never }],
] as const)('refuses %s that do not fit: %j', (option, options) => {
  expect(() => memoryDataset(options)).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});
