import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder } from '../../../../src/data/idx/node/openFolder.js';
import { openData, verifyData } from '../../../../src/data/node/openData.js';
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
  await expect(folder(path('labels'))).rejects.toThrow(
    'expected train-images-idx3-ubyte, found train-labels-idx1-ubyte. Give the images, too',
  );
});

test.each(['nowhere', 'a file'])('refuses %s as a folder', async (name) => {
  writeFileSync(path('a file'), '');
  await expect(folder(path(name))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND', path: path(name) });
});

test('archives that were unpacked twice: a file counts before a folder of its name, otherwise the file in there does', async () => {
  writeImages(path('twice', 'train-images-idx3-ubyte'), 5);
  writeImages(path('twice', 'train-images.idx3-ubyte', 'train-images-idx3-ubyte'), 6);
  writeImages(path('twice', 't10k-images-idx3-ubyte.gz', 't10k-images.idx3-ubyte'), 3);
  mkdirSync(path('twice', 'train-labels-idx1-ubyte'));
  const notices: string[] = [];
  const { train, test } = await folder(`${path('twice')}/`, { onNotice: ({ message }) => notices.push(message) });
  expect([train.items, train.labels, test?.items]).toEqual([5, undefined, 3]);
  expect(notices).toEqual([
    'Unpacked into folders of their own names, and used: t10k-images-idx3-ubyte.gz/t10k-images.idx3-ubyte.',
  ]);
});

const EMNIST = ['emnist-letters-train-images-idx3-ubyte.gz', 'emnist-letters-test-images-idx3-ubyte.gz'];
const QMNIST = [
  'qmnist-test-images-idx3-ubyte.gz',
  'qmnist-test-labels-idx2-int.gz',
  'qmnist-train-images-idx3-ubyte.gz',
];

test.each<[string, readonly string[], string]>([
  [
    'torchvision',
    ['MNIST/raw/train-images-idx3-ubyte', 'MNIST/raw/t10k-images-idx3-ubyte'],
    'MNIST/raw/train-images-idx3-ubyte. Give the folder that they are in: --data FOLDER/MNIST/raw',
  ],
  [
    'emnist',
    [...EMNIST, 'emnist-letters-train-labels-idx1-ubyte.gz', 'emnist-letters-mapping.txt'],
    `Give files instead of the folder, --data FOLDER/${EMNIST[0]} --test-data FOLDER/${EMNIST[1]}, or rename these to train-images-idx3-ubyte and t10k-images-idx3-ubyte.`,
  ],
  ['qmnist', QMNIST, `--data FOLDER/${QMNIST[2]} --test-data FOLDER/${QMNIST[0]}, or rename`],
  [
    'copies',
    ['train-images-idx3-ubyte (1).gz'],
    "Give the file instead of the folder, --data 'FOLDER/train-images-idx3-ubyte (1).gz', or rename it to train-images-idx3-ubyte.",
  ],
  ['endings', ['train-images-idx3-ubyte.gz.txt'], '--data FOLDER/train-images-idx3-ubyte.gz.txt, or rename it'],
])('says which files a folder of %s has and what to do, in one sentence', async (name, files, sentence) => {
  for (const file of files) writeImages(path(name, file), 3);
  const error = await openData({ data: path(name) }).catch((error: Error) => error);
  expect(error).toMatchObject({ code: 'DATA_NO_FILES', expected: 'train-images-idx3-ubyte' });
  expect((error as Error).message).toContain(sentence.replaceAll('FOLDER', path(name)));
  const reports: unknown[] = [];
  for await (const report of verifyData(path(name))) reports.push(report);
  expect(reports).toMatchObject([{ path: path(name), valid: false, code: 'DATA_NO_FILES' }]);
});
