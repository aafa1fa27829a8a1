import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { FileReport, OpenOptions } from '../../../../src/data/dataFormat.js';
import type { DataNotice } from '../../../../src/data/dataNotice.js';
import { type DataOptions, openData, verifyData } from '../../../../src/data/node/openData.js';
import { colourPng, FILES, GREY_JPEG, greyPng } from '../../../fixtures/imageFiles.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();
let folders = 0;

/** A folder of its own with these files. */
function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = path(`photos${folders++}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
    writeFileSync(`${folder}/${name}`, content);
  }
  return folder;
}

async function open(data: string, options: DataOptions = {}) {
  const notices: DataNotice[] = [];
  const cacheFolder = path('cache');
  const opened = await openData({ data, cacheFolder, onNotice: (notice) => notices.push(notice), ...options });
  return { ...opened, notices: notices.map(({ message }) => message) };
}

async function reports(data: string, options: OpenOptions = {}): Promise<FileReport[]> {
  const found: FileReport[] = [];
  for await (const report of verifyData(data, { cacheFolder: path('cache'), ...options })) found.push(report);
  return found;
}

/** First bytes of all images. */
async function firstBytes(dataset: Awaited<ReturnType<typeof openData>>['train']): Promise<number[]> {
  const [height, width, channels] = dataset.shape;
  const pixels = await dataset.read(0, dataset.items);
  return Array.from({ length: dataset.items }, (_, at) => pixels[at * height * width * channels]!);
}

const CATS_AND_DOGS = {
  'train/dog/b.png': greyPng(2, 3, 20),
  'train/cat/c.png': greyPng(2, 3, 30),
  'train/cat/a.png': greyPng(2, 3, 10),
  'test/dog/x.png': greyPng(2, 3, 40),
};

test('subfolders are labels, train and test are splits', async () => {
  const { train, test, notices } = await open(folderOf(CATS_AND_DOGS));
  expect(train).toMatchObject({ items: 3, shape: [2, 3, 1], labels: Uint8Array.of(0, 0, 1), sample: false });
  expect(await firstBytes(train)).toEqual([10, 30, 20]);
  expect(test).toMatchObject({ items: 1, labels: Uint8Array.of(1) });
  expect(await firstBytes(test!)).toEqual([40]);
  expect(notices).toEqual([]);
});

test('as test data, a folder gives its test images, or all where it is not divided', async () => {
  const [divided, whole] = [folderOf(CATS_AND_DOGS), folderOf({ 'a.png': greyPng(2, 3, 1) })];
  expect((await open(whole, { testData: divided })).test?.items).toBe(1);
  expect((await open(divided, { testData: whole })).test?.items).toBe(1);
});

test('grey test images get the colours of the training images', async () => {
  const [colours, grey] = [folderOf({ 'a.png': colourPng(2, 2, [1, 2, 3]) }), folderOf({ 'a.png': greyPng(2, 2, 9) })];
  expect((await open(colours, { testData: grey })).test?.shape).toEqual([2, 2, 3]);
});

test('images are grey until one has colours; channels says otherwise', async () => {
  const folder = folderOf({
    '1.png': greyPng(2, 2, 50),
    '2.png': greyPng(2, 2, 60),
    '3.png': colourPng(2, 2, [10, 20, 30]),
    '4.png': greyPng(2, 2, 70),
  });
  const { train } = await open(folder);
  expect(train.shape).toEqual([2, 2, 3]);
  expect([...(await train.read(0, 4))]).toEqual([
    ...Array(12).fill(50),
    ...Array(12).fill(60),
    ...[10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30],
    ...Array(12).fill(70),
  ]);
  const { train: kept } = await open(folder, { cache: false });
  expect(await kept.digest()).toBe(await train.digest());
  const { train: grey } = await open(folder, { channels: 1 });
  expect(grey.shape).toEqual([2, 2, 1]);
  expect(await firstBytes(grey)).toEqual([50, 60, 18, 70]);
});

test('what is hidden, no image or damaged is left out, counted and named', async () => {
  const folder = folderOf({
    'a.png': greyPng(2, 2, 1),
    'b.png': FILES.PNG.subarray(0, 40),
    '.DS_Store': 'x',
    '.git/c.png': greyPng(2, 2, 1),
    'notes.txt': 'BM is no bitmap',
    'empty.png': '',
    'dressed-up.png': 'text',
  });
  symlinkSync('nowhere', `${folder}/link`);
  const { train, notices } = await open(folder);
  expect(train.items).toBe(1);
  expect(notices).toEqual([
    expect.stringMatching(
      /^photos\d+: left out: 1 image that cannot be decoded \(b\.png: .+\); 3 files that are no images; 2 hidden entries; 1 link that leads nowhere or in a circle\.$/,
    ),
  ]);
  expect((await open(folder)).notices).toEqual(notices);
});

test('data verify reports each damaged image, then the others together', async () => {
  const folder = folderOf({ 'a.png': greyPng(2, 2, 1), 'b.png': FILES.PNG.subarray(0, 40) });
  expect(await reports(folder)).toMatchObject([
    { path: `${folder}/b.png`, valid: false, code: 'IMAGE_DAMAGED' },
    { path: folder, valid: true, shape: [1, 2, 2, 1], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test('images of two sizes are one sentence with both and the flag', async () => {
  const folder = folderOf({ 'a.png': greyPng(2, 3, 1), 'b.png': greyPng(3, 4, 1) });
  await expect(open(folder)).rejects.toThrow(
    /b\.png: expected an image of 2×3 \(height × width\), as a\.png, found 3×4\. Give all images one size: --resize 64x64/,
  );
  expect((await open(folder, { resize: [2, 2], fit: 'fill' })).train.shape).toEqual([2, 2, 1]);
  expect(readdirSync(path('cache', 'images')).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('a folder without an image that can be decoded says why', async () => {
  await expect(open(folderOf({ 'b.png': FILES.PNG.subarray(0, 40) }))).rejects.toMatchObject({ code: 'IMAGE_DAMAGED' });
  await expect(open(folderOf({ 'b.txt': 'x' }))).rejects.toMatchObject({ code: 'DATA_NO_FILES' });
});

test('is decoded once, until a file or an option changes', async () => {
  const folder = folderOf({ 'a.png': greyPng(2, 2, 1) });
  let decoded = 0;
  const cacheFolder = path('once');
  const copies = () => readdirSync(path('once', 'images')).length;
  const onDecoded = (): void => {
    decoded += 1;
  };
  const first = await open(folder, { cacheFolder });
  expect(copies()).toBe(1);
  const again = await open(folder, { cacheFolder, onDecoded });
  expect([copies(), decoded]).toEqual([1, 0]);
  expect(await again.train.digest()).toBe(await first.train.digest());
  await open(folder, { cacheFolder, resize: [1, 1] });
  utimesSync(`${folder}/a.png`, 1, 1);
  await open(folder, { cacheFolder });
  expect(copies()).toBe(3);
  await open(folder, { cacheFolder, cache: false });
  expect(copies()).toBe(3);
});

test('a copy that is damaged is made anew', async () => {
  const folder = folderOf({ 'a.png': greyPng(2, 2, 1) });
  const cacheFolder = path('damaged');
  await open(folder, { cacheFolder });
  const [name = ''] = readdirSync(path('damaged', 'images'));
  writeFileSync(path('damaged', 'images', name, 'about.json'), '{');
  expect((await open(folder, { cacheFolder })).train.items).toBe(1);
  rmSync(path('damaged', 'images', name, 'images.idx'));
  expect((await open(folder, { cacheFolder })).train.items).toBe(1);
});

test('two that decode the same at once do not disturb each other; what a killed one left goes', async () => {
  const folder = folderOf(CATS_AND_DOGS);
  const cacheFolder = path('both');
  const abandoned = path('both', 'images', 'x.4194999-0123abcd.partial');
  mkdirSync(abandoned, { recursive: true });
  const [one, other] = await Promise.all([open(folder, { cacheFolder }), open(folder, { cacheFolder })]);
  expect(await one.train.digest()).toBe(await other.train.digest());
  expect(existsSync(abandoned)).toBe(false);
  expect(readdirSync(path('both', 'images'))).toHaveLength(1);
});

test('an abort while it decodes leaves nothing behind', async () => {
  const folder = folderOf(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.png`, greyPng(2, 2, at)])));
  const cacheFolder = path('aborted');
  const stop = new AbortController();
  const opening = open(folder, { cacheFolder, signal: stop.signal });
  setImmediate(() => setImmediate(() => stop.abort(new Error('enough'))));
  await expect(opening).rejects.toThrow('enough');
  expect(existsSync(path('aborted', 'images')) ? readdirSync(path('aborted', 'images')) : []).toEqual([]);
});

test('a folder that changes while it is read is refused', async () => {
  const folder = folderOf(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.png`, greyPng(2, 2, at)])));
  const { listFiles } = await import('../../../../src/data/imageFolder/node/listFiles.js');
  const { readListedFile } = await import('../../../../src/data/imageFolder/node/readListedFile.js');
  const { files } = await listFiles(folder);
  writeFileSync(`${folder}/0.png`, greyPng(9, 9, 1));
  rmSync(`${folder}/1.png`);
  for (const file of files.slice(0, 2))
    await expect(readListedFile(folder, file)).rejects.toMatchObject({ code: 'DATA_CHANGED' });
});

test('links are followed, but in no circle', async () => {
  const folder = folderOf({ 'cat/a.png': greyPng(2, 2, 1), 'more/b.png': greyPng(2, 2, 2) });
  const elsewhere = folderOf({ 'd.png': greyPng(2, 2, 3) });
  symlinkSync(elsewhere, `${folder}/dog`);
  symlinkSync('..', `${folder}/cat/up`);
  symlinkSync('../cat/a.png', `${folder}/more/c.png`);
  const { train, notices } = await open(folder);
  expect(train).toMatchObject({ items: 4, labels: Uint8Array.of(0, 1, 2, 2) });
  expect(notices[0]).toContain('1 link that leads nowhere or in a circle');
});

test('every type is decoded by its content', async () => {
  const files = Object.entries(FILES).map(([name, bytes]) => [`${name}.dat`, bytes] as const);
  const { train } = await open(folderOf({ ...Object.fromEntries(files), 'grey.png': GREY_JPEG }));
  expect(train).toMatchObject({ items: files.length + 1, shape: [3, 4, 3] });
});

test.each<[DataOptions, string]>([
  [{ resize: [0, 3] }, 'resize'],
  [{ resize: [1, 2, 3] as never }, 'resize'],
  [{ fit: 'stretch' as never, resize: [2, 2] }, 'fit'],
  [{ fit: 'fill' }, 'fit'],
  [{ channels: 4 as never }, 'channels'],
])('refuses %j', async (options, option) => {
  await expect(open(folderOf({ 'a.png': greyPng(2, 2, 1) }), options)).rejects.toMatchObject({ option });
});

test('options for images are refused where images have the size that they have', async () => {
  await expect(openData({ resize: [14, 14], offline: true })).rejects.toThrow('resize: expected nothing with MNIST');
});

test('a single image is no data set, and says what to give', async () => {
  const folder = folderOf({ 'a.png': greyPng(2, 2, 1) });
  await expect(open(`${folder}/a.png`)).rejects.toThrow(
    'A single image is no data set: give the folder that it lies in',
  );
});

test('images and targets of two folders belong together by their names', async () => {
  const noisy = folderOf({ 'a.png': greyPng(2, 3, 11), 'b.png': greyPng(2, 3, 21) });
  const clean = folderOf({ 'a.jpg': GREY_JPEG, 'b.png': greyPng(2, 3, 20) });
  const same = folderOf({ 'b.png': greyPng(2, 3, 20), 'a.png': greyPng(2, 3, 10) });
  const other = folderOf({ 'a.png': greyPng(2, 3, 10), 'c.png': greyPng(2, 3, 20) });
  const { train } = await open(noisy, { target: same });
  expect(train.items).toBe(2);
  await expect(open(noisy, { target: other })).rejects.toMatchObject({
    code: 'DATA_PAIRS',
    message: expect.stringMatching(/an image named b, .* found "?c\.png/),
  });
  await expect(open(noisy, { target: clean, resize: [2, 3] })).resolves.toMatchObject({ train: { items: 2 } });
});
