import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { FileReport, VerifyOptions } from '../../../../src/data/dataFormat.js';
import { encodeIdx, encodeIdxHeader } from '../../../../src/data/idx/encoder.js';
import { verifyIdx } from '../../../../src/data/idx/node/verifyIdx.js';
import { withFile } from '../../../../src/data/node/files/openInput.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { firstCases, isWhole } from '../../../fixtures/laws.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MEBIBYTE = 1024 * 1024;

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function verify(path: string, options: VerifyOptions = {}): Promise<FileReport> {
  return withFile(path, options.signal, (file) => verifyIdx(file, options));
}

const doubles = encodeIdx([2, 2], Float64Array.of(1, 2, 3, 4));

test.each([
  { kind: 'raw', bytes: doubles },
  { kind: 'compressed', bytes: gzipSync(doubles) },
])('describes a whole $kind file', async ({ bytes }) => {
  const path = file('whole', bytes);
  const sha256 = createHash('sha256').update(doubles.subarray(12)).digest('hex');
  expect(await verify(path)).toEqual({ path, valid: true, dtype: 'float64', shape: [2, 2], sha256 });
});

test.each([
  { kind: 'raw', bytes: doubles.subarray(0, 40) },
  { kind: 'compressed', bytes: gzipSync(doubles.subarray(0, 40)) },
])('says what is wrong with a damaged $kind file', async ({ bytes }) => {
  const path = file('damaged', bytes);
  const advice = 'The file is probably a partial download; fetch it again.';
  expect(await verify(path)).toEqual({
    path,
    valid: false,
    code: 'IDX_TRUNCATED',
    offset: 28,
    expected: '2 items of 16 bytes',
    actual: '1 whole item and 12 bytes',
    advice,
    message: `${path}: byte 28: expected 2 items of 16 bytes, found 1 whole item and 12 bytes. ${advice}`,
  });
});

test('throws on an abort', async () => {
  const reason = new Error('enough');
  await expect(verify(file('whole', doubles), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

const MEGABYTES = isWhole ? 192 : 32;
const size = MEGABYTES * MEBIBYTE;

function sparse(): string {
  const path = file('large', encodeIdxHeader('uint8', [MEGABYTES, 1024, 1024]));
  truncateSync(path, 16 + size);
  return path;
}

function packed(): string {
  const member = gzipSync(new Uint8Array(16 * MEBIBYTE));
  return file(
    'large.gz',
    Buffer.concat([gzipSync(encodeIdxHeader('uint8', [MEGABYTES, 1024, 1024])), ...Array(MEGABYTES / 16).fill(member)]),
  );
}

const largeFiles = [
  { kind: 'compressed', make: packed },
  { kind: 'raw', make: sparse },
];

test.each(firstCases(largeFiles, 1))(
  'stays flat in memory over a large $kind file, and tells its progress',
  async ({ make }) => {
    const path = make();
    const before = heldBytes();
    let peak = 0;
    let nextLook = 0;
    let last: readonly unknown[] = [];
    const report = await verify(path, {
      onProgress: (...progress) => {
        last = progress;
        if (progress[1] < nextLook) return;
        nextLook += size / 2;
        peak = Math.max(peak, heldBytes());
      },
    });
    expect(report).toMatchObject({ valid: true });
    expect(last).toEqual([path, size, size]);
    expect(nextLook).toBeGreaterThanOrEqual(size);
    expect(peak - before).toBeLessThan(16 * MEBIBYTE);
    rmSync(path);
  },
);

const mnist = fileURLToPath(new URL('../../../../../shared/data/mnist/', import.meta.url));

const published: readonly [string, number[], string][] = [
  ['t10k-images-idx3-ubyte.gz', [10_000, 28, 28], '6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161'],
  ['t10k-labels-idx1-ubyte.gz', [10_000], 'ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5'],
  ['train-images-idx3-ubyte.gz', [60_000, 28, 28], '741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757'],
  ['train-labels-idx1-ubyte.gz', [60_000], '1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13'],
];

test.skipIf(!existsSync(mnist)).each(firstCases(published, 2))(
  'knows MNIST’s %s (where ../shared is present)',
  async (name, shape, sha256) => {
    const path = join(mnist, name);
    expect(await verify(path)).toEqual({ path, valid: true, dtype: 'uint8', shape, sha256 });
  },
);
