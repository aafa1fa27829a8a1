import { execFileSync, spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { decompress, openBytes } from '../../../../src/data/node/files/openBytes.js';
import { uniform } from '../../../../src/random.js';
import { cuts, delivered, split } from '../../idx/arbitraries.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const linux = process.platform === 'linux';
/** Of this test's own: other files' tests share the process. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd')
    .map(placeOf)
    .filter((place) => place.startsWith(folder));

function placeOf(descriptor: string): string {
  try {
    return readlinkSync(join('/proc/self/fd', descriptor));
  } catch {
    // Closed by now: the one that listed them.
    return '';
  }
}

const content = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * index) % 251));
const compressed = gzipSync(content);

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The bytes of a file, decompressed. */
const unpacked = (path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> =>
  decompress(openBytes(path, signal), path);

const decompressed = (bytes: Uint8Array, at: readonly number[] = []): Promise<Buffer> =>
  all(decompress(delivered(split(bytes, at)), 'data'));

function changed(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, index) => (index === place ? byte ^ 1 : byte));
}

test('recognises gzip by its bytes, whatever the name', async () => {
  writeFileSync(join(folder, 'plain.gz'), content);
  writeFileSync(join(folder, 'compressed'), compressed);
  expect(await all(unpacked(join(folder, 'plain.gz')))).toEqual(content);
  expect(await all(unpacked(join(folder, 'compressed')))).toEqual(content);
});

test('says where gzip data end too early when their file is cut while it is read', async () => {
  const path = join(folder, 'shrinking.gz');
  const random = uniform(1);
  writeFileSync(path, gzipSync(Uint8Array.from({ length: 500_000 }, () => 256 * random())));
  const bytes = unpacked(path);
  const { value } = await bytes.next();
  expect(value).toBeInstanceOf(Uint8Array);
  truncateSync(path, 200_000);
  await expect(all(bytes)).rejects.toMatchObject({ code: 'DATA_GZIP', path, actual: 'the end of the file' });
});

test.skipIf(process.platform === 'win32').each(['replaced', 'deleted'])(
  'reads gzip data to their end though their file was %s meanwhile',
  async (change) => {
    const path = join(folder, `${change}.gz`);
    const random = uniform(1);
    const content = Uint8Array.from({ length: 500_000 }, () => 256 * random());
    writeFileSync(path, gzipSync(content));
    const bytes = unpacked(path);
    const { value: first } = await bytes.next();
    if (change === 'replaced') {
      writeFileSync(`${path}.new`, compressed);
      renameSync(`${path}.new`, path);
    } else rmSync(path);
    expect(Buffer.concat([first as Uint8Array, await all(bytes)]).equals(content)).toBe(true);
  },
);

test('any split of several gzip members gives the same bytes', async () => {
  const members = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(members, cuts, async (parts, cuts) => {
      const bytes = Buffer.concat(parts.map((part) => gzipSync(part)));
      expect(await decompressed(bytes, cuts)).toEqual(Buffer.concat(parts));
    }),
  );
});

test('any split of raw bytes gives the same bytes', async () => {
  const raw = fc.uint8Array({ maxLength: 60 }).filter(([first]) => first !== 0x1f);
  await fc.assert(
    fc.asyncProperty(raw, cuts, async (bytes, cuts) => {
      expect(await decompressed(bytes, cuts)).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each([[[]], [[compressed.length]], [[compressed.length + 50]]])(
  'takes zeros after gzip data for padding, cut at %j',
  async (at) => {
    expect(await decompressed(Buffer.concat([compressed, new Uint8Array(100)]), at)).toEqual(content);
  },
);

test.each([
  { fault: 'a wrong checksum', bytes: changed(compressed, compressed.length - 8), actual: /CRC-32/, offset: 3000 },
  { fault: 'a wrong length', bytes: changed(compressed, compressed.length - 4), actual: /length/, offset: 3000 },
  { fault: 'an unknown method', bytes: changed(compressed, 2), actual: /method/, offset: 0 },
  { fault: 'text after the data', bytes: Buffer.concat([compressed, Buffer.from('<html></html>')]), actual: /header/ },
  { fault: 'text after padding', bytes: Buffer.concat([compressed, Buffer.from('\0\0<html>')]), actual: /other bytes/ },
  { fault: 'a byte of a second member', bytes: Buffer.concat([compressed, Uint8Array.of(0x1f)]), actual: /the end/ },
])('refuses gzip with $fault', async ({ bytes, actual, offset }) => {
  for (const at of [[], [compressed.length], bytes.keys()])
    await expect(decompressed(bytes, [...at])).rejects.toMatchObject({
      name: 'DataError',
      code: 'DATA_GZIP',
      path: 'data',
      offset: offset ?? expect.any(Number),
      expected: expect.any(String),
      actual: expect.stringMatching(actual),
      advice: expect.stringMatching(/fetch it again/),
    });
});

test('refuses gzip that is cut short, wherever', async () => {
  for (let length = 2; length < compressed.length; length += length < 30 ? 1 : 17)
    await expect(decompressed(compressed.subarray(0, length))).rejects.toMatchObject({
      code: 'DATA_GZIP',
      actual: 'the end of the file',
    });
});

test('never reads ahead, and ends the source when it is ended', async () => {
  let reads = 0;
  let ended = false;
  async function* source(): AsyncGenerator<Uint8Array, void> {
    try {
      for (const chunk of split(compressed, [500])) {
        reads += 1;
        yield chunk;
      }
      await new Promise(() => undefined);
    } finally {
      ended = true;
    }
  }
  const bytes = decompress(source(), 'data');
  await bytes.next();
  expect(reads).toBe(1);
  await bytes.return();
  expect(ended).toBe(true);
});

test('passes on what the source throws', async () => {
  async function* source(): AsyncGenerator<Uint8Array, void> {
    yield compressed.subarray(0, 100);
    throw new RangeError('the cable is cut');
  }
  await expect(all(decompress(source(), 'data'))).rejects.toThrow(new RangeError('the cable is cut'));
});

symlinkSync('circle', join(folder, 'circle'));

test.each([
  {
    given: 'a missing file',
    path: 'absent',
    code: 'DATA_NOT_FOUND',
    message: /expected a file or a folder, found nothing\. Check/,
  },
  { given: 'a path through a file', path: 'compressed/x', code: 'DATA_NOT_FOUND', message: /found nothing/ },
  { given: 'a folder', path: '.', code: 'DATA_NOT_A_FILE', message: /expected a file, found a folder/ },
  { given: 'a circle of links', path: 'circle', code: 'DATA_UNREADABLE', message: /a circle of links/ },
])('refuses $given', async ({ path, code, message }) => {
  writeFileSync(join(folder, 'compressed'), compressed);
  await expect(all(unpacked(join(folder, path)))).rejects.toMatchObject({
    name: 'DataError',
    code,
    path: join(folder, path),
    offset: 0,
    message: expect.stringMatching(message),
  });
});

test.skipIf(process.getuid?.() === 0)('refuses a file without permission (not as root, who has it)', async () => {
  const path = join(folder, 'secret');
  writeFileSync(path, content, { mode: 0 });
  await expect(all(unpacked(path))).rejects.toMatchObject({ code: 'DATA_UNREADABLE', actual: 'no permission' });
});

test.runIf(linux)('closes the file at the end, after return and after an abort (Linux)', async () => {
  const path = join(folder, 'large');
  writeFileSync(path, new Uint8Array(1_000_000));
  await all(unpacked(path));

  const returned = unpacked(path);
  await returned.next();
  await returned.return();

  const controller = new AbortController();
  const aborted = unpacked(path, controller.signal);
  await aborted.next();
  const pending = aborted.next().then(() => aborted.next());
  controller.abort();
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' });

  await expect.poll(openFiles).toEqual([]);
});

test.runIf(linux)('reads a fifo, and gives up waiting for its writer on an abort (Linux)', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const controller = new AbortController();
  const waiting = unpacked(path, controller.signal).next();
  setTimeout(() => controller.abort(), 20);
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  await expect.poll(openFiles).toEqual([]);

  writeFileSync(join(folder, 'compressed'), compressed);
  const read = all(unpacked(path));
  spawn('sh', ['-c', 'cat "$0" > "$1"', join(folder, 'compressed'), path]);
  expect(await read).toEqual(content);
});
