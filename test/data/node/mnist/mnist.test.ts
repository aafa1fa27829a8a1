import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type MnistOptions, mnist } from '../../../../src/data/node/mnist/mnist.js';
import { MNIST_FILES, MNIST_TRAIN_DIGEST } from '../../../../src/data/node/mnist/mnistMirrors.js';
import { isWhole, wholeTest } from '../../../fixtures/laws.js';
import { writeImages, writeLabels } from '../../dataset/numbered.js';
import { mirror, refuses, serves, silent } from '../download/mirror.js';
import { temporaryFolder } from '../temporaryFolder.js';
import { REAL_MNIST, withoutMnist } from './realMnist.js';

const path = temporaryFolder();

function writeSet(folder: string, items: number): string {
  writeImages(path(folder, 'train-images-idx3-ubyte'), items);
  writeLabels(path(folder, 'train-labels-idx1-ubyte'), items);
  writeImages(path(folder, 't10k-images-idx3-ubyte'), items);
  writeLabels(path(folder, 't10k-labels-idx1-ubyte'), items);
  return path(folder);
}

/** Finds nothing anywhere, unless told where. */
const open = (options: MnistOptions) =>
  mnist({ env: {}, cacheFolder: path('empty'), mirrors: [], connectMs: 60_000, ...options });

test('looks into the folder given, then MILLRACE_DATA, then the cache', async () => {
  const given = writeSet('given', 3);
  const env = { MILLRACE_DATA: writeSet('environment', 4) };
  const cacheFolder = path('cache');
  writeSet(join('cache', 'mnist'), 5);
  const found = async (options: MnistOptions): Promise<unknown> => {
    const { train, test, notice } = await open(options);
    expect([train.name, train.sample, notice]).toEqual(['mnist', false, undefined]);
    expect(test.items).toBe(train.items);
    return [train.items, train.source];
  };
  expect(await found({ data: given, env, cacheFolder })).toEqual([3, given]);
  expect(await found({ env, cacheFolder })).toEqual([4, env.MILLRACE_DATA]);
  expect(await found({ cacheFolder })).toEqual([5, path('cache', 'mnist')]);
});

test('does not look further when a folder was given that lacks a file', async () => {
  writeImages(path('incomplete', 'train-images-idx3-ubyte'), 3);
  writeImages(path('incomplete', 't10k-images-idx3-ubyte'), 3);
  const failure = expect.objectContaining({
    code: 'DATA_NO_FILES',
    path: path('incomplete'),
    expected: 'train-labels-idx1-ubyte, t10k-labels-idx1-ubyte',
  });
  await expect(open({ data: path('incomplete') })).rejects.toEqual(failure);
  await expect(open({ env: { MILLRACE_DATA: path('incomplete') } })).rejects.toEqual(failure);
  await expect(open({ data: path('nowhere') })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
});

test('the embedded sample serves offline, without a request, and says how to get the rest', async () => {
  const { url, ranges } = await mirror(silent);
  const { train, test, notice } = await open({ offline: true, mirrors: [url] });
  expect(train).toMatchObject({ name: 'mnist', sample: true, items: 10_000, shape: [28, 28, 1] });
  expect(test).toMatchObject({ name: 'mnist', sample: true, items: 2_000, shape: [28, 28, 1] });
  expect([...train.labels!.slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  expect([...test.labels!.slice(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  expect(notice).toEqual({
    code: 'MNIST_SAMPLE',
    message:
      'Embedded sample of MNIST, 10,000 of 60,000 images; millrace data fetch gets all (11.6 MB, kept in ' +
      `${path('empty', 'mnist')}). The network is not to be used.`,
  });
  expect(ranges).toEqual([]);
});

test('the sample serves where no mirror delivers, and says why', async () => {
  const mirrors = [(await mirror(refuses(404))).url, (await mirror(silent)).url];
  const { train, notice } = await open({ mirrors, cacheFolder: path('unreachable'), connectMs: 700 });
  expect(train.sample).toBe(true);
  expect(notice?.message).toMatch(/the download failed \(.*: HTTP status 404; .*: no answer for 0\.7 s\)/);
});

wholeTest('the sample serves where a mirror delivers something else', async () => {
  const mirrors = [(await mirror(serves(Buffer.from('please log in')))).url];
  const { notice } = await open({ mirrors, cacheFolder: path('portal') });
  expect(notice?.message).toContain('13 bytes of other data');
});

test('the sample serves where the cache cannot be written', async () => {
  writeFileSync(path('file'), '');
  const mirrors = [(await mirror(silent)).url];
  const { notice } = await open({ mirrors, cacheFolder: path('file') });
  expect(notice?.message).toContain('the cache cannot be used (a file in the place of a folder)');
});

test('an abort is no reason for the sample', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const { url } = await mirror(() => controller.abort(reason));
  await expect(open({ mirrors: [url], signal: controller.signal })).rejects.toBe(reason);
});

test('fetches again what is damaged in the cache', async () => {
  mkdirSync(path('damaged'));
  cpSync(writeSet('whole', 3), path('damaged', 'mnist'), { recursive: true });
  writeFileSync(path('damaged', 'mnist', 't10k-images-idx3-ubyte'), 'damaged');
  const { url, ranges } = await mirror(refuses(404));
  await open({ mirrors: [url], cacheFolder: path('damaged') });
  expect(ranges).toHaveLength(1);
});

test.skipIf(withoutMnist || !isWhole)('opens the real files (needs ../shared)', async () => {
  const { train, test } = await open({ data: REAL_MNIST });
  expect([train.items, test.items]).toEqual([60_000, 10_000]);
  expect(await train.digest()).toBe(MNIST_TRAIN_DIGEST);
});

test.skipIf(withoutMnist || !isWhole)('the sample is the beginning of the real files (needs ../shared)', async () => {
  const real = await open({ data: REAL_MNIST });
  const sample = await open({ offline: true });
  for (const split of ['train', 'test'] as const) {
    const beginning = real[split].take(sample[split].items);
    expect(await sample[split].digest()).toBe(await beginning.digest());
    expect(sample[split].labels).toEqual(beginning.labels);
  }
});

test.skipIf(withoutMnist || !isWhole)(
  'the published sizes and digests are those of the real files (needs ../shared)',
  () => {
    for (const { name, bytes, sha256 } of Object.values(MNIST_FILES)) {
      const content = gunzipSync(readFileSync(join(REAL_MNIST, `${name}.gz`)));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
  },
);
