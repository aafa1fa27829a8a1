import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../data/node/temporaryFolder.js';
import { colourPng, greyPng } from '../fixtures/imageFiles.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { eventsOf, millrace, millraceReading } from './millrace.js';

const path = temporaryFolder();
const NETWORK = ['--architecture', 'tiny.json', '--threads', '1', '--ui', 'none', '--batch-size', '2'];
const SIZED = ['--resize', '4x4', '--channels', '1'];

beforeAll(() => {
  mkdirSync(path('photos', 'test'), { recursive: true });
  mkdirSync(path('photos', 'train'));
  for (const [at, part] of ['train', 'train', 'train', 'test'].entries())
    writeFileSync(path('photos', part, `${at}.png`), colourPng(6 + at, 9, [40 * at, 200, 10]));
  writeFileSync(path('photos', 'train', 'notes.txt'), 'x');
  writeFileSync(path('tiny.json'), JSON.stringify(TINY_NETWORK));
});

test('train takes a folder of photos, and a resume the same options and images', async () => {
  const first = await millrace(
    path(),
    'train',
    '--data',
    'photos',
    ...SIZED,
    ...NETWORK,
    '--epochs',
    '1',
    '--output',
    'run',
  );
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const [run, ...others] = eventsOf(readFileSync(path('run', 'events.ndjson'), 'utf8'));
  expect(run).toMatchObject({
    config: { data: 'photos', resize: [4, 4], channels: 1 },
    dataset: { name: 'photos', source: 'photos', items: 3, testItems: 1, shape: [4, 4, 1] },
  });
  expect(others[0]).toMatchObject({
    type: 'warning',
    code: 'IMAGES_LEFT_OUT',
    message: 'photos: left out: 1 file that is no image.',
  });
  const resumed = await millrace(
    path(),
    'train',
    '--resume',
    'run',
    '--epochs',
    '2',
    ...SIZED,
    '--threads',
    '1',
    '--ui',
    'none',
  );
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  const other = await millrace(path(), 'train', '--resume', 'run', '--epochs', '3', '--resize', '5x5');
  expect(other.stderr).toContain('this run has size of images 4×4, not 5×5');
});

test('photos in an archive come through a pipe', async () => {
  const archive = pack();
  for (let at = 0; at < 4; at += 1) archive.entry({ name: `${at}.png` }, greyPng(5, 5, 50 * at) as Buffer);
  archive.finalize();
  const tar = await buffer(archive as unknown as AsyncIterable<Uint8Array>);
  const run = await millraceReading(
    tar,
    path(),
    'train',
    '--data',
    '-',
    ...SIZED,
    ...NETWORK,
    '--events',
    '-',
    '--no-output',
  );
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(eventsOf(run.stdout).at(-1)).toMatchObject({ type: 'end', status: 'completed', steps: 2 });
});

test.each([
  [['--resize', '64'], '--resize: expected a height and a width, such as 64x64, found "64"'],
  [['--resize', '0x4'], '--resize: expected a whole number, 1 to 8192, found 0'],
  [['--channels', '2'], '--channels: expected 1 or 3, found 2'],
  [['--fit', 'crop', '--resize', '4x4'], '--fit: expected one of cover, contain, fill, found "crop"'],
  [['--fit', 'fill'], '--fit: expected nothing without resize'],
])('refuses %j with one sentence', async (flags, sentence) => {
  const { code, stderr } = await millrace(path(), 'train', '--data', 'photos', ...flags, '--ui', 'none', '--no-output');
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});

test('data verify and data show take the flags, data cache lists and clears', async () => {
  const verified = await millrace(path(), 'data', 'verify', 'photos', '--resize', '3x5', '--json');
  expect(verified).toMatchObject({ code: 0, stderr: 'photos: left out: 1 file that is no image.\n' });
  expect(eventsOf(verified.stdout)).toMatchObject([{ shape: [3, 3, 5, 3] }, { shape: [1, 3, 5, 3] }]);
  const shown = await millrace(path(), 'data', 'show', 'photos', ...SIZED, '--no-cache');
  expect(shown).toMatchObject({ code: 0, stderr: 'photos: images 0 to 2 of 3, 4×4\n' });
  const listed = await millrace(path(), 'data', 'cache', '--json');
  expect(eventsOf(listed.stdout)).toMatchObject([
    { source: path('photos'), bytes: 84, shape: [4, 4, 4, 1] },
    { source: path('photos'), bytes: 200, shape: [4, 3, 5, 3] },
  ]);
  expect((await millrace(path(), 'data', 'cache')).stdout).toMatch(
    /^made +bytes +images +of\n.+ 84 +4×4×4×1 +.+photos\n/,
  );
  expect((await millrace(path(), 'data', 'cache', '--clear')).stderr).toMatch(/^Removed 2 copies, 284 bytes, in /);
  expect(await millrace(path(), 'data', 'cache')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/^0 copies/),
  });
  expect((await millrace(path(), 'data', 'cache', '--list', '--clear')).code).toBe(2);
});
