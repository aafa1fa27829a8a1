import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../../../src/data/idx/encoder.js';
import { type DecodedIdx, decodeIdx, readIdx } from '../../../../src/data/idx/node/readIdx.js';
import { decompress } from '../../../../src/data/node/files/openBytes.js';
import { withFile } from '../../../../src/data/node/files/openInput.js';
import { DataError } from '../../../../src/errors.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { firstCases } from '../../../fixtures/laws.js';
import { cuts, delivered, doubtfulBytes, idxBytes, split } from '../../idx/arbitraries.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function read(path: string, signal?: AbortSignal): Promise<DecodedIdx> {
  return withFile(path, signal, (file) => readIdx(file, signal));
}

const images = encodeIdx(
  [3, 2, 2],
  Uint8Array.from({ length: 12 }, (_, index) => index),
);

test('reads a raw and a compressed file alike', async () => {
  const raw = await read(file('raw', images));
  const unpacked = await read(file('packed', gzipSync(images)));
  expect(raw.header).toMatchObject({ dtype: 'uint8', shape: [3, 2, 2] });
  expect(raw.payload).toEqual(images.subarray(16));
  expect(unpacked).toEqual({ ...raw, path: unpacked.path });
});

test('any split of compressed files gives the same payload, exactly filled', async () => {
  await fc.assert(
    fc.asyncProperty(idxBytes, cuts, async (bytes, cuts) => {
      const { header, payload } = await decodeIdx(decompress(delivered(split(gzipSync(bytes), cuts)), 'x'), 'x');
      expect(payload).toEqual(bytes.subarray(header.headerBytes));
      expect(payload.buffer.byteLength).toBe(payload.length);
    }),
  );
});

test('whatever the bytes, a file is read or refused with a DataError', async () => {
  const attempt = (path: string): Promise<unknown> => read(path).catch((error: unknown) => error);
  const packed = doubtfulBytes.map((bytes) => gzipSync(bytes));
  const damaged = fc.tuple(packed, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([bytes, place, byte]) => {
    bytes[place % bytes.length] = byte;
    return bytes;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(doubtfulBytes, packed, damaged), async (bytes) => {
      const path = file('doubtful', bytes);
      const result = await attempt(path);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(DataError);
        expect(result).toMatchObject({
          path,
          offset: expect.any(Number),
          expected: expect.stringMatching(/./),
          actual: expect.stringMatching(/./),
          advice: expect.stringMatching(/\.$/),
        });
      }
    }),
    { numRuns: 300 },
  );
});

const promising = Buffer.concat([encodeIdxHeader('uint8', [2 ** 32 - 1]), new Uint8Array(4)]);

const liars = [
  { kind: 'compressed', bytes: gzipSync(promising) },
  { kind: 'raw', bytes: promising },
];

test.each(firstCases(liars, 1))(
  'a tiny $kind file that promises 2^32 items is refused without memory for them',
  async ({ bytes }) => {
    const path = file('promise', bytes);
    const before = heldBytes();
    await expect(read(path)).rejects.toMatchObject({
      code: 'IDX_TRUNCATED',
      offset: 12,
      expected: '4294967295 items of 1 byte',
      actual: '4 whole items and 0 bytes',
    });
    expect(heldBytes() - before).toBeLessThan(4_000_000);
  },
);

test('stops at the first bytes beyond the promise, before a gzip bomb goes off', async () => {
  const start = gzipSync(encodeIdx([100], new Uint8Array(100)));
  const megabytes = gzipSync(new Uint8Array(16 * 1024 * 1024));
  let delivered = 0;
  async function* bomb(): AsyncGenerator<Uint8Array, void> {
    yield start;
    for (; ; delivered += 1) yield megabytes;
  }
  await expect(decodeIdx(decompress(bomb(), 'bomb'), 'bomb')).rejects.toMatchObject({
    code: 'IDX_TRAILING',
    offset: 108,
  });
  expect(delivered).toBeLessThan(2);
});

test('holds no more than it is allowed to, even where a gzip file keeps its promise', async () => {
  let delivered = 0;
  async function* zeros(): AsyncGenerator<Uint8Array, void> {
    yield encodeIdxHeader('uint8', [2 ** 20, 1025]);
    for (; ; delivered += 1) yield new Uint8Array(100_000);
  }
  await expect(decodeIdx(zeros(), 'zeros', 1_000_000)).rejects.toMatchObject({
    code: 'DATA_TOO_LARGE',
    actual: '1100000 bytes',
  });
  expect(delivered).toBe(10);
});

test('gives up on an abort', async () => {
  const path = file('packed', gzipSync(images));
  const reason = new Error('enough');
  await expect(read(path, AbortSignal.abort(reason))).rejects.toBe(reason);
});
