import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { memoryDataset } from '../../../../src/data/dataset/memoryDataset.js';
import { openData } from '../../../../src/data/node/openData.js';
import { saveDataset } from '../../../../src/data/node/save/saveDataset.js';
import { cases } from '../../../fixtures/laws.js';
import { temporaryFolder } from '../temporaryFolder.js';

const path = temporaryFolder();
const grey = memoryDataset({
  shape: [2, 3, 1],
  pixels: Uint8Array.from({ length: 18 }, (_, at) => 10 * at),
  labels: [7, 1, 7],
});

test('what is saved is read back, as IDX and as .npy', async () => {
  const side = fc.integer({ min: 1, max: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(side, side, side, fc.constantFrom(1, 3, 4)),
      fc.constantFrom('x.idx', 'x.npy'),
      async ([items, height, width, channels], name) => {
        const pixels = Uint8Array.from({ length: items * height * width * channels }, (_, at) => (at * 7) % 256);
        await saveDataset({ train: memoryDataset({ shape: [height, width, channels], pixels }) }, path(name));
        const { train } = await openData({ data: path(name), layout: 'hwc' });
        expect([train.shape, await train.read(0, train.items)]).toEqual([[height, width, channels], pixels]);
      },
    ),
    { numRuns: cases(100) },
  );
});

test.each([
  ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  ['photos.idx', 'photos-labels.idx'],
  ['photos-idx3-ubyte', 'photos-labels-idx1-ubyte'],
  ['photos.npy', 'photos-labels.npy'],
])('beside %s labels are in %s', async (images, labels) => {
  expect(await saveDataset({ train: grey }, path(images))).toEqual([path(images), path(labels)]);
  expect([...readFileSync(path(labels)).subarray(-3)]).toEqual([7, 1, 7]);
});

test('a folder has PNGs, divided by part and label', async () => {
  await saveDataset({ train: grey, test: grey.take(1) }, path('pngs/'));
  expect(readdirSync(path('pngs'), { recursive: true }).sort()).toEqual([
    ...['test', 'test/7', 'test/7/0.png', 'train', 'train/1', 'train/1/1.png'],
    ...['train/7', 'train/7/0.png', 'train/7/2.png'],
  ]);
  const { width, height, channels, data } = decode(readFileSync(path('pngs', 'train', '1', '1.png')));
  expect([width, height, channels, ...data]).toEqual([3, 2, 1, 60, 70, 80, 90, 100, 110]);
});

test('a folder with something in it stays as it is', async () => {
  mkdirSync(path('full'));
  writeFileSync(path('full', 'mine'), '');
  await expect(saveDataset({ train: grey }, path('full/'))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
    actual: 'one with something in it',
  });
  expect(readdirSync(path('full'))).toEqual(['mine']);
});

test.each(['stopped.idx', 'stopped.npy', 'stopped/'])('nothing is left of %s that is given up', async (name) => {
  const before = readdirSync(path());
  const signal = AbortSignal.abort();
  await expect(saveDataset({ train: grey }, path(name), { signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(path())).toEqual(before);
});

test('a name that says nothing is refused', async () => {
  await expect(saveDataset({ train: grey }, path('x.zip'))).rejects.toThrow(
    /a name that ends in \.idx, -idx3-ubyte or \.npy/,
  );
});
