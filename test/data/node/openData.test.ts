import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { openData, openStream, openTestData, verifyData } from '../../../src/data/node/openData.js';
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
    code: 'DATA_SHAPE',
    path: other,
    expected: 'test images of 2×1×1, as the training images',
  });
});

test('refuses a folder without a test set as test data', async () => {
  await expect(openTestData(path('train only'))).rejects.toThrow('expected t10k-images-idx3-ubyte');
});

test('says that a path leads nowhere', async () => {
  await expect(openData({ data: path('nowhere') })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
});

test('opens the embedded sample for mnist where nothing else is', async () => {
  const opened = await openData({ env: {}, cacheFolder: path('empty'), offline: true });
  expect(opened.train).toMatchObject({ name: 'mnist', sample: true, items: 10_000 });
  expect(opened.notice?.code).toBe('MNIST_SAMPLE');
});

test('takes data sets of one’s own, alone, in pairs and as a test set', async () => {
  const own = memoryDataset({ shape: [2, 1, 1], pixels: new Uint8Array(6) });
  expect(await openData({ data: own })).toEqual({ train: own });
  expect(await openData({ data: { train: own, test: own } })).toEqual({ train: own, test: own });
  expect((await openData({ data: file, testData: own })).test).toBe(own);
  const other = memoryDataset({ shape: [1, 1, 1], pixels: new Uint8Array(6) });
  await expect(openData({ data: own, testData: other })).rejects.toMatchObject({ code: 'DATA_SHAPE' });
});

test('says what a file, a stream or a folder is that is none of images', async () => {
  writeFileSync(path('page.gz'), '<!doctype html>');
  writeFileSync(path('twice.gz'), gzipSync(gzipSync('images')));
  mkdirSync(path('photos', 'cats'), { recursive: true });
  writeFileSync(path('photos', 'readme.txt'), '');
  await expect(openData({ data: path('page.gz') })).rejects.toMatchObject({
    code: 'DATA_FORMAT',
    path: path('page.gz'),
    expected: expect.stringContaining('an IDX file or a folder'),
    actual: 'an HTML page',
  });
  await expect(openTestData(path('twice.gz'))).rejects.toMatchObject({ actual: 'gzip inside gzip' });
  await expect(openData({ data: path('photos') })).rejects.toMatchObject({
    code: 'DATA_NO_FILES',
    actual: 'cats/, readme.txt',
  });
  const stream = openStream(bytesOf('PK\x03\x04'));
  await expect(stream).rejects.toMatchObject({ code: 'DATA_FORMAT', path: 'stdin', actual: 'a zip archive' });
});

test('reports on what cannot be opened instead of throwing', async () => {
  const { value } = await verifyData(path('page.gz')).next();
  expect(value).toMatchObject({ path: path('page.gz'), valid: false, code: 'DATA_FORMAT', actual: 'an HTML page' });
  const reports: unknown[] = [];
  for await (const report of verifyData(path('nowhere'))) reports.push(report);
  expect(reports).toEqual([expect.objectContaining({ valid: false, code: 'DATA_NOT_FOUND' })]);
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1');
}

test('pairs a folder with a folder, its test images too; those without a target are left out and told', async () => {
  const pair = await openData({ data: path('set'), target: path('set') });
  expect([pair.train.items, pair.test?.items]).toEqual([5, 4]);
  const notices: string[] = [];
  const onNotice = ({ code }: { readonly code: string }) => void notices.push(code);
  const alone = await openData({ data: path('set'), target: path('train only'), onNotice });
  expect([alone.train.items, alone.test, notices]).toEqual([5, undefined, ['TEST_LEFT_OUT']]);
  await expect(openData({ data: path('set'), target: file })).rejects.toMatchObject({ code: 'DATA_PAIRS' });
});
