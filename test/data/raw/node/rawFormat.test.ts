import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FileReport } from '../../../../src/data/dataFormat.js';
import { encodeIdx } from '../../../../src/data/idx/encoder.js';
import { openData, openStream, openTestData, verifyData } from '../../../../src/data/node/openData.js';
import { numberedPixels } from '../../dataset/numbered.js';
import { drain } from '../../drain.js';
import { delivered } from '../../idx/arbitraries.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();
const shape = [2, 1, 1] as const;

function written(name: string, bytes: Uint8Array): string {
  writeFileSync(path(name), bytes);
  return path(name);
}

test.each([
  ['a file', 'frames.raw', numberedPixels(7)],
  ['a compressed file', 'frames.gz', gzipSync(numberedPixels(7))],
])('opens the frames of %s, to train on and to test with', async (_, name, bytes) => {
  const data = written(name, bytes);
  const { train, test } = await openData({ data, testData: data, shape });
  expect(train).toMatchObject({ name, source: data, items: 7, shape: [2, 1, 1] });
  expect(await train.read(3, 5)).toEqual(Uint8Array.of(3, 3, 4, 4));
  expect(test?.items).toBe(7);
  expect(await train.digest()).toBe(await (await openTestData(data, { shape })).digest());
});

test('has the digest of the same images in an IDX file', async () => {
  const raw = await openTestData(written('a.raw', numberedPixels(5)), { shape });
  const idx = await openTestData(written('a.idx', encodeIdx([5, 2, 1], numberedPixels(5))), { shape });
  expect(await raw.digest()).toBe(await idx.digest());
});

test.each([
  [
    'cut.raw',
    numberedPixels(7).subarray(0, 9),
    { code: 'RAW_TRUNCATED', offset: 8, actual: '4 whole frames and 1 bytes' },
  ],
  ['cut.gz', gzipSync(numberedPixels(7).subarray(0, 9)), { code: 'RAW_TRUNCATED', offset: 8 }],
  ['nothing', new Uint8Array(0), { code: 'DATA_EMPTY' }],
  [
    'other.idx',
    encodeIdx([2, 2, 2], new Uint8Array(8)),
    { code: 'DATA_SHAPE', expected: 'images of 2×1×1, as shape says' },
  ],
  ['photos.zip', Buffer.from('PK\x03\x04'), { code: 'DATA_FORMAT', actual: 'a zip archive' }],
])('refuses %s', async (name, bytes, error) => {
  await expect(openData({ data: written(name, bytes), shape })).rejects.toMatchObject(error);
});

test('rows of values in an IDX file are images of the shape', async () => {
  const data = written('rows', encodeIdx([5, 2], numberedPixels(5)));
  const { train } = await openData({ data, shape });
  expect(await train.read(4, 5)).toEqual(Uint8Array.of(4, 4));
  expect(
    (await openData({ data: written('rows.gz', gzipSync(encodeIdx([5, 2], numberedPixels(5)))), shape })).train.items,
  ).toBe(5);
});

test('verifies with a shape', async () => {
  const reports: FileReport[] = [];
  for await (const report of verifyData(written('v.raw', numberedPixels(3)), { shape })) reports.push(report);
  expect(reports).toMatchObject([{ valid: true, dtype: 'uint8', shape: [3, 2, 1, 1] }]);
});

test('a stream gives its whole frames before it fails in the midst of one', async () => {
  const stream = await openStream(delivered([numberedPixels(3), Uint8Array.of(3)]), { shape });
  expect(stream).toMatchObject({ shape });
  const seen: number[] = [];
  const reader = await stream.batches({ size: 2 }).open(new AbortController().signal);
  const readAll = async (): Promise<void> => {
    for (let next = await reader.next(); next.done !== true; next = await reader.next())
      seen.push(...next.value.indices);
  };
  await expect(readAll()).rejects.toMatchObject({ code: 'RAW_TRUNCATED', path: 'stdin', offset: 6 });
  expect(seen).toEqual([0, 1, 2]);
});

test('an IDX stream of the same shape stays one, another shape is refused', async () => {
  const idx = encodeIdx([3, 2, 1], numberedPixels(3));
  const batches = await drain((await openStream(delivered([idx]), { shape })).batches());
  expect(batches[0]?.pixels).toEqual(numberedPixels(3));
});
