import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type DownloadOptions, download } from '../../../../src/data/node/download/download.js';
import { uniform } from '../../../../src/random.js';
import { temporaryFolder } from '../temporaryFolder.js';
import {
  type Answer,
  cutsAfter,
  ignoresRange,
  mirror,
  redirectsForEver,
  refuses,
  serves,
  silent,
  stallsAfter,
  trickles,
} from './mirror.js';

const path = temporaryFolder();

const random = uniform(1);
const content = Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(16 * random())));
const file = gzipSync(content);
const half = Math.floor(file.length / 2);
const expected = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };

/** Where a test does not wait for them, time-outs must not hit a good mirror on a busy machine. */
const PATIENT = { connectMs: 60_000, stallMs: 60_000 };
const IMPATIENT = { connectMs: 700, stallMs: 700 };

/** Downloads into a folder of its own. */
async function fetchFrom(folder: string, urls: readonly string[], options: Partial<DownloadOptions> = {}) {
  const received: number[] = [];
  await download({
    urls: urls.map((url) => `${url}file.gz`),
    target: path(folder, 'file'),
    expected,
    signal: new AbortController().signal,
    onReceived: (bytes) => received.push(bytes),
    ...PATIENT,
    ...options,
  });
  return received;
}

const kept = (folder: string): string[] => readdirSync(path(folder));
const finished = (folder: string): boolean => readFileSync(path(folder, 'file')).equals(content);
const leavePart = (folder: string, bytes: Uint8Array, name = 'file.part'): void => {
  mkdirSync(path(folder));
  writeFileSync(path(folder, name), bytes);
};

test('keeps the decompressed file and nothing else', async () => {
  const received = await fetchFrom('plain', [(await mirror(serves(file))).url]);
  expect(finished('plain')).toBe(true);
  expect(kept('plain')).toEqual(['file']);
  expect(received.at(-1)).toBe(file.length);
});

test('takes a mirror that serves the file uncompressed', async () => {
  await fetchFrom('raw', [(await mirror(serves(content))).url]);
  expect(finished('raw')).toBe(true);
});

test.concurrent('goes on where a cut connection stopped', async () => {
  const { url, ranges } = await mirror(cutsAfter(1_000, file), cutsAfter(2_000, file), serves(file));
  const received = await fetchFrom('cut', [url]);
  expect(finished('cut')).toBe(true);
  expect(ranges).toEqual([undefined, 'bytes=1000-', 'bytes=3000-']);
  expect(received).toEqual(received.toSorted((a, b) => a - b));
});

test('begins again where the server ignores the range', async () => {
  const { url, ranges } = await mirror(cutsAfter(1_000, file), ignoresRange(file));
  await fetchFrom('ignores', [url]);
  expect(finished('ignores')).toBe(true);
  expect(ranges).toHaveLength(2);
});

test('does not put together what does not belong together', async () => {
  const wrongRange: Answer = (response) => {
    response.writeHead(206, { 'content-range': `bytes 7-${file.length - 1}/${file.length}` }).end(file.subarray(7));
  };
  const bad = await mirror(cutsAfter(1_000, file), wrongRange);
  await fetchFrom('wrong range', [bad.url, (await mirror(serves(file))).url]);
  expect(finished('wrong range')).toBe(true);
});

// They wait, so all of them at once.
test.concurrent.each<[string, Answer, typeof PATIENT?]>([
  ['cuts the connection at once', cutsAfter(0, file)],
  ['answers 404', refuses(404)],
  ['answers 503', refuses(503)],
  ['never answers', silent, IMPATIENT],
  ['stalls', stallsAfter(1_000, file), IMPATIENT],
  ['trickles', trickles, IMPATIENT],
  ['redirects forever', redirectsForEver],
  [
    'redirects to a file of this machine',
    (response) => void response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  ],
  [
    'promises more than it serves',
    (response) => void response.writeHead(200, { 'content-length': 10 }).write('.', () => response.destroy()),
  ],
  [
    'answers with a part that no one asked for',
    (response) => void response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('56789'),
  ],
  ['says that nothing is left though nothing was there', refuses(416)],
  ['speaks no HTTP', (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ['serves other data', serves(gzipSync(Buffer.alloc(50_000)))],
  ['serves other data, uncompressed', serves(Buffer.from('<html>please log in</html>'))],
  ['serves damaged data', serves(file.subarray(0, half))],
  ['serves nothing', serves(new Uint8Array(0))],
  ['serves more than the file can have', serves(Buffer.alloc(100_000))],
  ['serves data that unpack to more than the file has', serves(gzipSync(Buffer.alloc(10_000_000)))],
])('turns to the next mirror when one %s', async (fault, answer, patience = PATIENT) => {
  const bad = await mirror(answer);
  const good = await mirror(serves(file));
  await fetchFrom(fault, [bad.url, good.url], patience);
  expect(finished(fault)).toBe(true);
  expect(bad.ranges.length).toBeGreaterThan(0);
  expect(kept(fault)).toEqual(['file']);
});

test.concurrent('says what each mirror did when none delivers', async () => {
  const urls = [(await mirror(refuses(404))).url, (await mirror(silent)).url, 'http://127.0.0.1:1/'];
  const failure = await fetchFrom('none', urls, IMPATIENT).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'DATA_DOWNLOAD', path: path('none', 'file') });
  expect(String(failure)).toMatch(/: HTTP status 404; .*: no answer for 0\.7 s; 127\.0\.0\.1:1: \S+/);
  expect(existsSync(path('none', 'file'))).toBe(false);
});

test('says that it is the wrong data when a mirror delivers something else', async () => {
  const { url } = await mirror(serves(gzipSync(Buffer.from('other'))));
  await expect(fetchFrom('digest', [url])).rejects.toMatchObject({ code: 'DATA_DIGEST' });
  expect(existsSync(path('digest', 'file'))).toBe(false);
});

test('begins again where a server says of half a file that nothing is left', async () => {
  leavePart('half', file.subarray(0, half));
  const { url, ranges } = await mirror(refuses(416), serves(file));
  await fetchFrom('half', [url]);
  expect(ranges).toEqual([`bytes=${half}-`, undefined]);
  expect(finished('half')).toBe(true);
});

test.concurrent('gives up on a mirror that cuts the connection again and again', async () => {
  const { url, ranges } = await mirror(cutsAfter(1, file));
  await expect(fetchFrom('crumbs', [url])).rejects.toMatchObject({ code: 'DATA_DOWNLOAD' });
  expect(ranges).toHaveLength(10);
});

test('leaves what has arrived for the next time', async () => {
  const bad = await mirror(cutsAfter(1_000, file), refuses(503));
  await expect(fetchFrom('later', [bad.url])).rejects.toThrow('HTTP status 503');
  expect(kept('later')).toEqual(['file.part']);
  const good = await mirror(serves(file));
  await fetchFrom('later', [good.url]);
  expect(good.ranges).toEqual(['bytes=1000-']);
  expect(finished('later')).toBe(true);
});

test('takes over the part of a process that died', async () => {
  leavePart('orphan', file.subarray(0, 1_000), `file.${2 ** 30}-0123abcd.part`);
  const { url, ranges } = await mirror(serves(file));
  await fetchFrom('orphan', [url]);
  expect(ranges).toEqual(['bytes=1000-']);
  expect(kept('orphan')).toEqual(['file']);
});

test.skipIf(process.platform === 'win32')('writes through no link that lies where a part should', async () => {
  leavePart('planted', Buffer.from('precious'), 'victim');
  symlinkSync(path('planted', 'victim'), path('planted', 'file.part'));
  const { url, ranges } = await mirror(serves(file));
  await fetchFrom('planted', [url]);
  expect(ranges).toEqual([undefined]);
  expect(readFileSync(path('planted', 'victim'), 'utf8')).toBe('precious');
});

test('leaves the part of a running process alone', async () => {
  const name = `file.${process.ppid}-0123abcd.part`;
  leavePart('running', file.subarray(0, 1_000), name);
  const { url, ranges } = await mirror(serves(file));
  await fetchFrom('running', [url]);
  expect(ranges).toEqual([undefined]);
  expect(kept('running')).toEqual(['file', name]);
});

test('only checks a part that was whole already', async () => {
  leavePart('whole', file);
  const { url, ranges } = await mirror(serves(file));
  await fetchFrom('whole', [url]);
  expect(ranges).toEqual([`bytes=${file.length}-`]);
  expect(finished('whole')).toBe(true);
});

test('begins again when what it resumed came from another file', async () => {
  leavePart('foreign', Buffer.alloc(1_000, 7));
  const { url, ranges } = await mirror(serves(file));
  await fetchFrom('foreign', [url]);
  expect(ranges).toEqual(['bytes=1000-', undefined]);
  expect(finished('foreign')).toBe(true);
});

test('two downloads at the same time do not disturb each other', async () => {
  const slow: Answer = (response) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, half), () => setTimeout(() => response.end(file.subarray(half)), 50));
  };
  const { url } = await mirror(slow);
  await Promise.all([fetchFrom('together', [url]), fetchFrom('together', [url]), fetchFrom('together', [url])]);
  expect(finished('together')).toBe(true);
  expect(kept('together')).toEqual(['file']);
});

test.each<[string, Answer]>([
  ['for an answer', silent],
  ['for data', stallsAfter(1_000, file)],
])('stops at once when aborted while it waits %s', async (waiting, answer) => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const asked: Answer = (...request) => {
    answer(...request);
    setTimeout(() => controller.abort(reason), 20);
  };
  const { url, ranges } = await mirror(asked);
  const options = { signal: controller.signal };
  await expect(fetchFrom(`aborted ${waiting}`, [url, url], options)).rejects.toBe(reason);
  expect(ranges).toHaveLength(1);
  expect(kept(`aborted ${waiting}`)).toEqual(['file.part']);
});

test('says so when the folder cannot be made', async () => {
  writeFileSync(path('a file'), '');
  await expect(fetchFrom('a file', [])).rejects.toMatchObject({ code: 'DATA_CACHE', path: path('a file') });
});
