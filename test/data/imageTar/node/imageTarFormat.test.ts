import { existsSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import type { Batch } from '../../../../src/data/batch.js';
import type { DataNotice } from '../../../../src/data/dataNotice.js';
import { openData, openStream } from '../../../../src/data/node/openData.js';
import { colourPng, FILES, greyPng } from '../../../fixtures/imageFiles.js';
import { drain } from '../../drain.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();
const cacheFolder = path('cache');

async function tarOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return buffer(archive as unknown as AsyncIterable<Uint8Array>);
}

async function* pieces(bytes: Uint8Array, size = 700) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const PETS = {
  'pets/train/dog/1.png': greyPng(2, 2, 10),
  'pets/test/cat/2.png': greyPng(2, 2, 20),
  './pets/train/cat/3.png': greyPng(2, 2, 30),
  'pets/readme.txt': 'x',
  'pets/train/cat/._3.png': greyPng(2, 2, 99),
};

test.each(['raw', 'gzip'])('a %s archive is what a folder would be, decoded once', async (kind) => {
  const file = path(`pets-${kind}`);
  const bytes = await tarOf(PETS);
  writeFileSync(file, kind === 'raw' ? bytes : gzipSync(bytes));
  const notices: DataNotice[] = [];
  for (const signal of [AbortSignal.timeout(60_000), AbortSignal.timeout(60_000)]) {
    const { train, test } = await openData({
      data: file,
      cacheFolder,
      signal,
      onNotice: (notice) => notices.push(notice),
    });
    expect(train).toMatchObject({ name: `pets-${kind}`, items: 2, shape: [2, 2, 1], labels: Uint8Array.of(1, 0) });
    expect([...(await train.read(0, 2))]).toEqual([10, 10, 10, 10, 30, 30, 30, 30]);
    expect(test).toMatchObject({ items: 1, labels: Uint8Array.of(0) });
  }
  expect(notices[0]?.message).toBe(`pets-${kind}: left out: 1 file that is no image.`);
  expect(notices[1]).toEqual(notices[0]);
});

test('paths in an archive are names: nothing is written to them', async () => {
  const file = path('hostile.tar');
  writeFileSync(file, await tarOf({ '../outside/a.png': greyPng(2, 2, 1), [path('absolute.png')]: greyPng(2, 2, 2) }));
  expect((await openData({ data: file, cacheFolder })).train.items).toBe(2);
  expect([path('..', 'outside'), path('absolute.png')].map((place) => existsSync(place))).toEqual([false, false]);
});

test('a torn archive is refused with its code', async () => {
  const whole = await tarOf(PETS);
  for (const end of [600, 1100, 1600]) {
    writeFileSync(path('torn.tar'), whole.subarray(0, end));
    await expect(openData({ data: path('torn.tar'), cacheFolder })).rejects.toMatchObject({ code: 'TAR_DAMAGED' });
  }
  const damaged = Buffer.from(whole);
  damaged.fill(7, 1024, 1400);
  writeFileSync(path('damaged.tar'), damaged);
  await expect(openData({ data: path('damaged.tar'), cacheFolder })).rejects.toMatchObject({ code: 'TAR_DAMAGED' });
});

test('an entry that promises more than an image may have is not kept', async () => {
  const whole = await tarOf({ 'a.png': greyPng(2, 2, 1), 'b.png': FILES.PNG });
  // The second header: its size becomes 1 GiB, its checksum follows.
  const header = whole.subarray(1024, 1536);
  header.write('10000000000\0', 124, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  writeFileSync(path('promise.tar'), whole);
  await expect(openData({ data: path('promise.tar'), cacheFolder })).rejects.toMatchObject({ code: 'TAR_DAMAGED' });
});

async function batchesOf(bytes: Uint8Array, options = {}): Promise<{ shape: readonly number[]; batches: Batch[] }> {
  const stream = await openStream(pieces(bytes), options);
  return { shape: stream.shape, batches: await drain(stream.batches({ size: 2 })) };
}

test('from stdin its images pass once, those to test with left out', async () => {
  const { shape, batches } = await batchesOf(gzipSync(await tarOf(PETS)));
  expect(shape).toEqual([2, 2, 1]);
  expect(batches.map(({ pixels }) => [...pixels])).toEqual([[10, 10, 10, 10, 30, 30, 30, 30]]);
  const { batches: resized } = await batchesOf(await tarOf(PETS), { resize: [1, 1], channels: 3 });
  expect(resized.map(({ pixels }) => [...pixels])).toEqual([[10, 10, 10, 30, 30, 30]]);
});

test('a stream whose images differ fails where they do', async () => {
  const sizes = await openStream(pieces(await tarOf({ 'a.png': greyPng(2, 2, 1), 'b.png': greyPng(3, 3, 1) })));
  await expect(drain(sizes.batches())).rejects.toThrow(
    'stdin/b.png: expected an image of 2×2 (height × width), as a.png',
  );
  const colours = await openStream(
    pieces(await tarOf({ 'a.png': greyPng(2, 2, 1), 'b.png': colourPng(2, 2, [1, 2, 3]) })),
  );
  await expect(drain(colours.batches())).rejects.toThrow('--channels 3');
  await expect(openStream(pieces(await tarOf({ 'a.txt': 'x' })))).rejects.toMatchObject({ code: 'DATA_EMPTY' });
});

test('a stream that comes byte by byte is recognised', async () => {
  const stream = await openStream(pieces(await tarOf({ 'a.png': greyPng(2, 2, 1) }), 1));
  expect(stream.shape).toEqual([2, 2, 1]);
  await stream.close();
});

test.each([
  ['a folder that has bytes', 156, '5'],
  ['an entry without a size', 124, '\x90'],
])('%s ends the reading, which would wait for them', async (actual, at, text) => {
  const bytes = await tarOf({ 'a.png': greyPng(2, 2, 1) });
  bytes.write(text, at, 'latin1');
  const sum = bytes.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  writeFileSync(path('endless.tar'), bytes);
  const opened = openData({ data: path('endless.tar'), cache: false });
  await expect(opened).rejects.toThrow(`expected a whole tar archive, found ${actual}.`);
});
