import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileReport } from '../../../../src/data/dataFormat.js';
import { openData, openStream, verifyData } from '../../../../src/data/node/openData.js';
import { encodeNpyHeader } from '../../../../src/data/npy/encoder.js';
import { DataError } from '../../../../src/errors.js';
import { cases } from '../../../fixtures/laws.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';
import { peerFile, peerPixels } from '../../peerFiles.js';
import { zipOf } from '../zipOf.js';

const path = temporaryFolder();
const file = path('x.npz');

function open(bytes: Uint8Array, options: { readonly memoryLimit?: number } = {}) {
  writeFileSync(file, bytes);
  return openData({ ...options, data: file, cacheFolder: path('cache') });
}

async function reports(): Promise<FileReport[]> {
  const found: FileReport[] = [];
  for await (const report of verifyData(file)) found.push(report);
  return found;
}

const npy = (shape: readonly number[], values: readonly number[]): Buffer =>
  Buffer.concat([encodeNpyHeader('uint8', shape), Uint8Array.from(values)]);

test.each([
  ['keras.npz', 1],
  ['medmnist.npz', 3],
] as const)('opens %s as a training and a test set with labels', async (name, channels) => {
  const { train, test: tested } = await open(peerFile(name));
  expect([train.items, train.shape, tested?.items]).toEqual([5, [6, 7, channels], 2]);
  expect(await train.read(0, 5)).toEqual(peerPixels(channels));
  expect(await tested?.read(0, 2)).toEqual(peerPixels(channels, 2));
  expect([train.labels, tested?.labels]).toEqual([Uint8Array.of(0, 1, 2, 3, 4), Uint8Array.of(0, 1)]);
  expect((await reports()).map(({ path: named, valid }) => [named.split(': ')[1], valid])).toContainEqual([
    channels === 1 ? 'x_train.npy' : 'val_labels.npy',
    true,
  ]);
});

test('what is too large for memory is decompressed into the cache', async () => {
  const { train } = await open(peerFile('medmnist.npz'), { memoryLimit: 100 });
  expect(await train.read(1, 3)).toEqual(peerPixels(3).slice(126, 378));
});

test('labels of another kind are left out, of another number refused', async () => {
  const images = npy([2, 1, 1], [1, 2]);
  const opened = await open(zipOf({ 'x_train.npy': images, 'y_train.npy': npy([2, 2], [0, 1, 1, 0]) }));
  expect(opened.train.labels).toBeUndefined();
  await expect(open(zipOf({ 'x_train.npy': images, 'y_train.npy': npy([3], [0, 1, 2]) }))).rejects.toMatchObject({
    code: 'NPY_COUNT_MISMATCH',
    expected: '2 labels, one for each image',
    actual: '3',
  });
});

test('names that say nothing are listed', async () => {
  const image = npy([1, 1, 1], [1]);
  await expect(open(zipOf({ 'a.npy': image, 'b.npy': image }))).rejects.toThrow(
    /expected an array called x_train, train_images or images, found a, b\. np\.savez.* names them so, in Python\./,
  );
});

test('an array that is more or less than the archive says is refused', async () => {
  const lying = zipOf({ 'x_train.npy': npy([9, 9, 9], [1]) });
  await expect(open(lying)).rejects.toMatchObject({ code: 'NPY_TRUNCATED', path: `${file}: x_train.npy` });
  await expect(open(zipOf({ 'x_train.npy': npy([1, 1, 1], [1, 2]) }))).rejects.toMatchObject({ code: 'NPY_TRAILING' });
});

test('a member that unpacks to more than it promises is refused', async () => {
  const bomb = zipOf({ 'x_train.npy': npy([1, 1, 1], [1]) }, { unpacksTo: Buffer.alloc(1_000_000) });
  await expect(open(bomb)).rejects.toMatchObject({ code: 'ZIP_DAMAGED' });
  expect(await reports()).toEqual([expect.objectContaining({ valid: false, code: 'ZIP_DAMAGED' })]);
});

test('a changed byte does not go unnoticed', async () => {
  const bytes = Buffer.from(peerFile('keras.npz'));
  bytes[bytes.indexOf(Buffer.from(peerPixels(1))) + 3]! ^= 1;
  await expect(open(bytes)).rejects.toThrow(/checksum \(CRC-32\) of x_train\.npy that does not match/);
});

test('an archive in gzip or in a pipe is refused with what to do', async () => {
  await expect(open(gzipSync(peerFile('keras.npz')))).rejects.toThrow(
    /found one inside gzip\. Save it to a file, uncompressed/,
  );
  async function* stdin() {
    yield peerFile('keras.npz');
  }
  await expect(openStream(stdin())).rejects.toThrow(/found NPZ\. Save them to a file/);
});

test('whatever the bytes, an archive is read or refused', async () => {
  const good = peerFile('keras.npz');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.nat(255),
      fc.integer({ min: 60, max: good.length }),
      async (at, byte, end) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        await open(bytes.subarray(0, end)).catch((error: unknown) => expect(error).toBeInstanceOf(DataError));
      },
    ),
    { numRuns: cases(200) },
  );
});
