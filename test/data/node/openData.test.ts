import { expect, test } from 'vitest';
import { openData, openTestData } from '../../../src/data/node/openData.js';
import { writeImages } from '../dataset/numbered.js';
import { temporaryFolder } from './temporaryFolder.js';

const path = temporaryFolder();
const file = writeImages(path('images.gz'), 7);
writeImages(path('set', 'train-images-idx3-ubyte'), 5);
writeImages(path('set', 't10k-images-idx3-ubyte'), 4);
writeImages(path('train only', 'train-images-idx3-ubyte'), 5);

const sizes = async (data: string, testData?: string): Promise<(number | undefined)[]> => {
  const opened = await openData(testData === undefined ? { data } : { data, testData });
  return [opened.train.items, opened.test?.items];
};

test('opens a file, a folder, and a test set in place of the folder’s own', async () => {
  expect(await sizes(file)).toEqual([7, undefined]);
  expect(await sizes(path('set'))).toEqual([5, 4]);
  expect(await sizes(path('set'), file)).toEqual([5, 7]);
  expect(await sizes(file, path('set'))).toEqual([7, 4]);
});

test('refuses test data of another shape', async () => {
  const other = writeImages(path('other'), 4, [4, 1, 1]);
  await expect(openData({ data: file, testData: other })).rejects.toMatchObject({
    code: 'IDX_UNSUITABLE',
    path: other,
    expected: 'test images of 2×1×1, as the training images',
  });
});

test('refuses a folder without a test set as test data', async () => {
  await expect(openTestData(path('train only'))).rejects.toThrow('expected t10k-images-idx3-ubyte');
});

test('says that a path leads nowhere', async () => {
  await expect(openData({ data: path('nowhere') })).rejects.toMatchObject({ code: 'IDX_NOT_FOUND' });
});

test('opens the embedded sample for mnist where nothing else is', async () => {
  const opened = await openData({ env: {}, cacheFolder: path('empty'), offline: true });
  expect(opened.train).toMatchObject({ name: 'mnist', sample: true, items: 10_000 });
  expect(opened.notice?.code).toBe('MNIST_SAMPLE');
});
