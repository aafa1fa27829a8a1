import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { registerDataFetch } from '../../../src/cli/data/dataFetch.js';
import { type Answer, mirror, refuses, serves } from '../../data/node/download/mirror.js';
import { REAL_MNIST, withoutMnist } from '../../data/node/mnist/realMnist.js';
import { temporaryFolder } from '../../data/node/temporaryFolder.js';
import { isWhole } from '../../fixtures/laws.js';
import { fakeStreams } from '../fakeStreams.js';

const path = temporaryFolder();

async function fetchData(mirrors: readonly string[], cacheFolder: string) {
  const streams = fakeStreams();
  const data = new Command('data').exitOverride();
  registerDataFetch(data, streams, { mirrors, cacheFolder });
  await data.parseAsync(['fetch'], { from: 'user' });
  return { stdout: streams.stdout.lines, stderr: streams.stderr.lines };
}

test.skipIf(withoutMnist || !isWhole)('downloads MNIST once and prints where it is (needs ../shared)', async () => {
  const answer: Answer = (response, from, request) =>
    serves(readFileSync(join(REAL_MNIST, request.url!)))(response, from, request);
  const { url, ranges } = await mirror(answer);
  expect(await fetchData([url], path('cache'))).toEqual({
    stdout: [path('cache', 'mnist')],
    stderr: [
      `Fetching MNIST, 11.6 MB, into ${path('cache', 'mnist')}`,
      'Now there, all 70,000 images, every file checked:',
    ],
  });
  expect(await fetchData([url], path('cache'))).toEqual({
    stdout: [path('cache', 'mnist')],
    stderr: ['Already there, all 70,000 images, every file checked:'],
  });
  expect(ranges).toHaveLength(4);
});

test('fails with one sentence where it cannot be had', async () => {
  const { url } = await mirror(refuses(404));
  const failure = await fetchData([url], path('unreachable')).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'DATA_DOWNLOAD' });
  expect(String(failure)).toContain('HTTP status 404');
  expect(existsSync(path('unreachable', 'mnist', 'train-images-idx3-ubyte'))).toBe(false);
});

test('fails with one sentence where the cache cannot be written', async () => {
  writeFileSync(path('file'), '');
  await expect(fetchData([], path('file'))).rejects.toMatchObject({ code: 'DATA_CACHE' });
});
