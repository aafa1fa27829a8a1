import {
  closeSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../../../src/data/idx/encoder.js';
import { idx } from '../../../../src/data/idx/node/idx.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { cases, wholeTest } from '../../../fixtures/laws.js';
import { numbered, writeImages, writeLabels } from '../../dataset/numbered.js';
import { drain, opened } from '../../drain.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();
const raw = writeImages(path('images'), 10);
const labels = writeLabels(path('labels'), 10);

test.each(['images', 'packed.gz'])('opens %s, labels joined', async (name) => {
  const images = writeImages(path(name), 10);
  const dataset = await idx(images, { labels });
  expect(dataset).toMatchObject({ name, source: images, items: 10, shape: [2, 1, 1], sample: false });
  expect(await drain(dataset.batches({ size: 4 }))).toEqual(await drain(numbered(10).batches({ size: 4 })));
  expect(await dataset.digest()).toBe(await numbered(10).digest());
});

test('has no labels where none were given', async () => {
  const dataset = await idx(raw);
  expect(dataset.labels).toBeUndefined();
  expect((await drain(dataset.batches()))[0]).not.toHaveProperty('labels');
});

test('reads channels from rank 4', async () => {
  const dataset = await idx(writeImages(path('colour'), 6, [2, 1, 2, 3]));
  expect(dataset).toMatchObject({ items: 2, shape: [1, 2, 3] });
});

test.each<[string, Uint8Array, string]>([
  ['labels', encodeIdx([3], new Uint8Array(3)), 'This is a label file; give the image file.'],
  ['rank 2', encodeIdx([3, 2], new Uint8Array(6)), expect.stringMatching(/ --shape HxWxC to say/)],
  ['rank 5', encodeIdx([1, 1, 1, 1, 1], new Uint8Array(1)), expect.stringMatching(/3 or 4 dimensions/)],
  ['int32', encodeIdx([1, 1, 1], new Int32Array(1)), expect.stringMatching(/data convert /)],
  ['float64', encodeIdx([1, 1, 1], new Float64Array(1)), expect.stringMatching(/data convert /)],
])('refuses %s as images, raw or gzip, with advice', async (name, bytes, advice) => {
  writeFileSync(path('raw'), bytes);
  writeFileSync(path('packed'), gzipSync(bytes));
  await expect(idx(path('raw')), name).rejects.toMatchObject({ code: 'IDX_UNSUITABLE', advice });
  await expect(idx(path('packed')), name).rejects.toMatchObject({ code: 'IDX_UNSUITABLE', advice });
});

test('refuses labels that are not as many as the images', async () => {
  await expect(idx(raw, { labels: writeLabels(path('few'), 9) })).rejects.toMatchObject({
    code: 'IDX_COUNT_MISMATCH',
    path: path('few'),
  });
});

test('refuses images given as labels', async () => {
  await expect(idx(raw, { labels: raw })).rejects.toMatchObject({ code: 'IDX_UNSUITABLE' });
});

wholeTest('allocates nothing for a promise that the file cannot keep', async () => {
  const header = encodeIdxHeader('uint8', [2 ** 32 - 1, 1, 1]);
  writeFileSync(path('liar'), header);
  writeFileSync(path('liar.gz'), gzipSync(header));
  const before = heldBytes();
  await expect(idx(path('liar'))).rejects.toMatchObject({ code: 'IDX_TRUNCATED' });
  const cacheFolder = path('liars-cache');
  await expect(idx(path('liar.gz'), { cacheFolder })).rejects.toMatchObject({ code: 'IDX_TRUNCATED' });
  expect(heldBytes() - before).toBeLessThan(2 ** 22);
  expect(readdirSync(path('liars-cache', 'decompressed'))).toEqual([]);
});

test('reads a file of more than 4 GiB in place, shuffled, in flat memory', async () => {
  const items = 4_200;
  const imageBytes = 2 ** 20;
  const file = openSync(path('large'), 'w');
  writeSync(file, encodeIdxHeader('uint8', [items, 1024, 1024]));
  for (let item = 0; item < items; item += 1)
    writeSync(file, Uint8Array.of(item >> 8, item), 0, 2, 16 + item * imageBytes);
  writeSync(file, Uint8Array.of(7), 0, 1, 16 + items * imageBytes - 1);
  closeSync(file);

  const dataset = await idx(path('large'));
  const before = heldBytes();
  const count = cases(25, 5);
  const last = { epoch: 1, index: items / 4 - count };
  let batches = 0;
  const pull = await opened(dataset.batches({ size: 4, shuffle: { seed: 1 }, start: last }));
  for (let result = await pull.next(); result.done !== true; result = await pull.next()) {
    const { pixels, indices, length } = result.value;
    const stamped = Array.from(
      { length },
      (_, item) => pixels[item * imageBytes]! * 256 + pixels[item * imageBytes + 1]!,
    );
    expect(stamped).toEqual([...indices]);
    batches += 1;
  }
  await pull.close();
  expect(batches).toBe(count);
  expect((await dataset.read(items - 1, items)).at(-1)).toBe(7);
  expect(heldBytes() - before).toBeLessThan(2 ** 28);
});

test('decompresses what is too large for memory into the cache folder, once', async () => {
  const cacheFolder = path('cache');
  const images = writeImages(path('huge.gz'), 10);
  const dataset = await idx(images, { cacheFolder, memoryLimit: 19 });
  const options = { size: 3, shuffle: { seed: 1 } };
  const expected = (await drain(numbered(10).batches(options))).map(({ labels: _, ...batch }) => batch);
  expect(await drain(dataset.batches(options))).toEqual(expected);
  const [copy, ...others] = readdirSync(path('cache', 'decompressed'));
  expect(others).toEqual([]);
  const made = statSync(path('cache', 'decompressed', copy!)).mtimeMs;
  await idx(images, { cacheFolder, memoryLimit: 19 });
  expect(statSync(path('cache', 'decompressed', copy!)).mtimeMs).toBe(made);
  expect(readdirSync(path('cache', 'decompressed'))).toEqual([copy]);
});

test('leaves no half-written copy in the cache when the compressed file is damaged', async () => {
  const whole = gzipSync(
    encodeIdx(
      [100, 10, 10],
      Uint8Array.from({ length: 10_000 }, (_, at) => (at * at) % 251),
    ),
  );
  writeFileSync(path('half.gz'), whole.subarray(0, whole.length / 2));
  const cacheFolder = path('halves');
  await expect(idx(path('half.gz'), { cacheFolder, memoryLimit: 19 })).rejects.toMatchObject({ code: 'DATA_GZIP' });
  expect(readdirSync(path('halves', 'decompressed'))).toEqual([]);
});

test('does not fill the disk with what a small file promises', async () => {
  writeFileSync(path('petabytes.gz'), gzipSync(encodeIdxHeader('uint8', [2 ** 31, 2 ** 10, 2 ** 10])));
  const cacheFolder = path('small');
  await expect(idx(path('petabytes.gz'), { cacheFolder })).rejects.toMatchObject({
    code: 'DATA_CACHE',
    expected: `room for the ${2 ** 51 + 16} bytes that the compressed file promises`,
  });
  expect(readdirSync(path('small', 'decompressed'))).toEqual([]);
});

test('says so when the cache cannot be written', async () => {
  const images = writeImages(path('other.gz'), 10);
  await expect(idx(images, { cacheFolder: raw, memoryLimit: 19 })).rejects.toMatchObject({ code: 'DATA_CACHE' });
});

test('notices that a file read in place has become another one', async () => {
  const images = writeImages(path('changing.gz'), 10);
  const cacheFolder = path('changing');
  const dataset = await idx(images, { cacheFolder, memoryLimit: 19 });
  const [copy] = readdirSync(path('changing', 'decompressed'));
  renameSync(writeImages(path('smaller'), 9), path('changing', 'decompressed', copy!));
  await expect(drain(dataset.batches())).rejects.toMatchObject({ code: 'DATA_CHANGED', actual: '9×2×1 values' });
});

test.each<[string, (large: string) => void, object]>([
  ['truncated', (large) => truncateSync(large, 2 ** 28), { code: 'IDX_TRUNCATED' }],
  [
    'replaced by another of the same size',
    replaceBySparse,
    { code: 'DATA_CHANGED', actual: expect.stringContaining('that was changed at') },
  ],
  ['replaced by something else', (large) => writeFileSync(large, 'text'), { code: 'IDX_MAGIC' }],
  ['deleted', rmSync, { code: 'DATA_NOT_FOUND' }],
])('says that a file read in place was %s between two epochs', async (_, change, error) => {
  const large = sparseImages(path('in place'));
  const dataset = await idx(large);
  await drain(dataset.batches({ size: 1000, start: { epoch: 1, index: 268 } }));
  change(large);
  await expect(drain(dataset.batches({ size: 1000, start: { epoch: 1, index: 268 } }))).rejects.toMatchObject(error);
});

test('says where a file read in place was cut off while it is read', async () => {
  const large = sparseImages(path('cut'));
  const batches = await opened((await idx(large)).batches({ size: 1000 }));
  await batches.next();
  truncateSync(large, 16 + 1024 * 1500);
  const cut = Promise.resolve(batches.next());
  await expect(cut).rejects.toMatchObject({
    code: 'IDX_TRUNCATED',
    actual: expect.stringContaining('1500 whole items'),
  });
  await batches.close();
});

test.each([
  ['replaced', replaceBySparse],
  ['deleted', rmSync],
] as const)('reads an epoch of a file read in place to its end though it was %s meanwhile', async (_, change) => {
  const large = sparseImages(path('kept open'));
  const batches = await opened((await idx(large)).batches({ size: 1000, start: { epoch: 1, index: 268 } }));
  await batches.next();
  change(large);
  const { value } = await batches.next();
  expect(value).toMatchObject({ index: 269, length: 145 });
  await batches.close();
});

/** 269,145 images of 1 KiB, which is more than is taken into memory. They take no room on the disk. */
function sparseImages(file: string): string {
  writeFileSync(file, encodeIdxHeader('uint8', [269_145, 32, 32]));
  truncateSync(file, 16 + 269_145 * 1024);
  return file;
}

function replaceBySparse(file: string): void {
  sparseImages(`${file}.new`);
  utimesSync(`${file}.new`, new Date(), new Date('2026-01-01'));
  renameSync(`${file}.new`, file);
}

test('gives up opening when aborted', async () => {
  const reason = new Error('enough');
  await expect(idx(writeImages(path('unwanted.gz'), 10), { signal: AbortSignal.abort(reason) })).rejects.toThrow();
});
