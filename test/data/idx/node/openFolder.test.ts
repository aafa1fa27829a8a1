import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder } from '../../../../src/data/idx/node/openFolder.js';
import { numbered, writeImages, writeLabels } from '../../dataset/numbered.js';
import { drain } from '../../drain.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();

test.each(['-', '.'])('reads the four files spelt with %s, raw or gzip', async (separator) => {
  const name = `spelling${separator === '.'}`;
  writeImages(path(name, `train-images${separator}idx3-ubyte`), 8);
  writeLabels(path(name, `train-labels${separator}idx1-ubyte.gz`), 8);
  writeImages(path(name, `t10k-images${separator}idx3-ubyte.gz`), 3);
  writeLabels(path(name, `t10k-labels${separator}idx1-ubyte`), 3);
  const { train, test } = await folder(path(name));
  expect(train).toMatchObject({ name, source: path(name), items: 8, sample: false });
  expect(await drain(train.batches())).toEqual(await drain(numbered(8).batches()));
  expect(await drain(test!.batches())).toEqual(await drain(numbered(3).batches()));
});

test('prefers the raw file to the compressed one', async () => {
  writeImages(path('both', 'train-images-idx3-ubyte'), 5);
  writeImages(path('both', 'train-images-idx3-ubyte.gz'), 6);
  expect((await folder(path('both'))).train.items).toBe(5);
});

test('does without labels and without a test set', async () => {
  writeImages(path('alone', 'train-images-idx3-ubyte'), 5);
  const { train, test } = await folder(path('alone'));
  expect(train.labels).toBeUndefined();
  expect(test).toBeUndefined();
});

test('refuses labels of another set', async () => {
  writeImages(path('mixed', 'train-images-idx3-ubyte'), 5);
  writeLabels(path('mixed', 'train-labels-idx1-ubyte'), 4);
  await expect(folder(path('mixed'))).rejects.toMatchObject({ code: 'IDX_COUNT_MISMATCH' });
});

test('refuses a test set of another shape', async () => {
  writeImages(path('shapes', 'train-images-idx3-ubyte'), 5);
  writeImages(path('shapes', 't10k-images-idx3-ubyte'), 5, [5, 1, 2]);
  await expect(folder(path('shapes'))).rejects.toMatchObject({ code: 'DATA_SHAPE', actual: '1×2×1' });
});

test('names what is missing', async () => {
  writeLabels(path('labels', 'train-labels-idx1-ubyte'), 5);
  await expect(folder(path('labels'))).rejects.toThrow('expected train-images-idx3-ubyte, found no such file');
});

test.each(['nowhere', 'a file'])('refuses %s as a folder', async (name) => {
  writeFileSync(path('a file'), '');
  await expect(folder(path(name))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND', path: path(name) });
});
