import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listCachedCopies } from '../../../../src/data/node/cachedCopies.js';
import { type DataOptions, openData } from '../../../../src/data/node/openData.js';
import { DataError } from '../../../../src/errors.js';
import { greyPng } from '../../../fixtures/imageFiles.js';
import { cases } from '../../../fixtures/laws.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';
import { peerFile, peerPixels } from '../../peerFiles.js';
import { type Promises, parquetOf, run } from '../parquetOf.js';

const path = temporaryFolder();

function open(bytes: Uint8Array, options: DataOptions = {}) {
  writeFileSync(path('x.parquet'), bytes);
  return openData({ cache: false, ...options, data: path('x.parquet') });
}

test.each(['snappy.parquet', 'gzip.parquet'])('reads images and labels of %s', async (name) => {
  const { train } = await open(peerFile(name));
  expect([train.items, train.shape, train.labels]).toEqual([5, [6, 7, 3], Uint8Array.of(0, 1, 2, 3, 4)]);
  expect(await train.read(0, 5)).toEqual(peerPixels(3));
});

test('a folder of files is divided by their names, where they are or below data/', async () => {
  mkdirSync(path('hub', 'data'), { recursive: true });
  for (const name of ['train-00000-of-00002', 'train-00001-of-00002', 'test-00000-of-00001'])
    writeFileSync(path('hub', 'data', `${name}.parquet`), peerFile('snappy.parquet'));
  const { train, test: tested } = await openData({ data: path('hub'), cacheFolder: path('cache') });
  expect([train.name, train.items, tested?.items]).toEqual(['hub', 10, 5]);
  expect((await openData({ data: path('hub', 'data'), cache: false })).train.items).toBe(10);
});

test('images are resized and kept in the cache, as those of a folder are', async () => {
  const options = { cache: true, cacheFolder: path('cache'), resize: [4, 5], channels: 1 } as const;
  const { train } = await open(peerFile('snappy.parquet'), options);
  expect([train.shape, train.labels]).toEqual([[4, 5, 1], Uint8Array.of(0, 1, 2, 3, 4)]);
  const copies = await listCachedCopies(path('cache'));
  expect(copies).toContainEqual(expect.objectContaining({ shape: [5, 4, 5, 1], source: path('x.parquet') }));
});

test('compression that cannot be undone is named, and what does instead', async () => {
  await expect(open(peerFile('zstd.parquet'))).rejects.toThrow(
    /snappy, gzip or brotli, or not at all, found ZSTD\. .* writes it anew/,
  );
});

test('memory is bounded, and a torn file refused', async () => {
  await expect(open(peerFile('snappy.parquet'), { memoryLimit: 200 })).rejects.toMatchObject({
    code: 'DATA_TOO_LARGE',
  });
  await expect(open(peerFile('snappy.parquet').subarray(0, 900))).rejects.toMatchObject({ code: 'PARQUET_DAMAGED' });
});

describe('takes no memory for promises', () => {
  const png = Buffer.from(greyPng(2, 3, 7));
  const length = Buffer.of(png.length, 0, 0, 0);
  const page = Buffer.concat([length, png]);
  const levels = run(1, 2 ** 33);
  const withLevels = Buffer.concat([Buffer.of(levels.length, 0, 0, 0), levels, page]);

  test('of a file that keeps them', async () => {
    expect((await open(parquetOf(page))).train.shape).toEqual([2, 3, 1]);
    // One run of more levels than there are rows is as long as these.
    expect((await open(parquetOf(withLevels, { isOptional: true }))).train.items).toBe(1);
  });

  test.each<[string, Promises]>([
    ['rows that no file of its size has', { rows: 2 ** 31 }],
    ['more values than rows', { values: 2 ** 31 }],
    ['more values than a page has', { rows: 60 }],
    ['more bytes than snappy can make', { codec: 1, unpacked: 2 ** 29 }],
    ['a page that is longer than it is', { unpacked: 2 ** 29 }],
  ])('%s', async (_, promises) => {
    await expect(open(parquetOf(page, promises))).rejects.toMatchObject({ code: 'PARQUET_DAMAGED' });
  });

  test('a page of more than a gibibyte', async () => {
    await expect(open(parquetOf(page, { codec: 1, unpacked: 2 ** 33 }))).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
    });
  });
});

test('whatever the bytes, a file is read or refused', async () => {
  const good = peerFile('snappy.parquet');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4, max: good.length - 1 }), fc.nat(255), async (at, byte) => {
      const bytes = Buffer.from(good);
      bytes[at] = byte;
      await open(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(DataError));
    }),
    { numRuns: cases(200) },
  );
});
