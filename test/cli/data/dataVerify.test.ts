import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { registerDataVerify } from '../../../src/cli/data/dataVerify.js';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { fakeStreams } from '../fakeStreams.js';

const root = mkdtempSync(join(tmpdir(), 'millrace-data-verify-'));
afterAll(() => rmSync(root, { recursive: true }));

async function verify(...args: string[]) {
  const streams = fakeStreams();
  const data = new Command('data').exitOverride();
  let exitCode: number | undefined;
  registerDataVerify(data, streams, (code) => {
    exitCode = code;
  });
  await data.parseAsync(['verify', ...args], { from: 'user' });
  return { streams, exitCode, lines: streams.stdout.lines };
}

const reports = ({ lines }: { readonly lines: readonly string[] }) => lines.map((line) => JSON.parse(line));

const images = (count: number): Uint8Array => encodeIdx([count, 2, 2], new Uint8Array(4 * count));
const labels = (count: number): Uint8Array => encodeIdx([count], new Uint8Array(count));

/** A folder in MNIST's layout, every spelling of the names and both ways of storing once. */
function folder(name: string, files: Readonly<Record<string, Uint8Array>> = {}): string {
  const path = join(root, name);
  mkdirSync(path);
  const whole = {
    'train-images-idx3-ubyte': images(5),
    'train-labels.idx1-ubyte': labels(5),
    't10k-images-idx3-ubyte.gz': gzipSync(images(3)),
    't10k-labels.idx1-ubyte.gz': gzipSync(labels(3)),
  };
  for (const [name, bytes] of Object.entries({ ...whole, ...files })) writeFileSync(join(path, name), bytes);
  return path;
}

test('--json prints one object a line for the standard files of a folder, raw before gzip', async () => {
  const path = folder('whole', { 'train-images-idx3-ubyte.gz': gzipSync(images(99)) });
  const result = await verify(path, '--json');
  expect(result.exitCode).toBe(0);
  expect(reports(result)).toEqual([
    {
      path: join(path, 'train-images-idx3-ubyte'),
      valid: true,
      dtype: 'uint8',
      shape: [5, 2, 2],
      sha256: 'de47c9b27eb8d300dbb5f2c353e632c393262cf06340c4fa7f1b40c4cbd36f90',
    },
    expect.objectContaining({ path: join(path, 'train-labels.idx1-ubyte'), valid: true, shape: [5] }),
    expect.objectContaining({ path: join(path, 't10k-images-idx3-ubyte.gz'), valid: true, shape: [3, 2, 2] }),
    expect.objectContaining({ path: join(path, 't10k-labels.idx1-ubyte.gz'), valid: true, shape: [3] }),
  ]);
});

test('compares the number of labels in a folder with that of the images', async () => {
  const path = folder('mismatch', { 'train-labels.idx1-ubyte': labels(4) });
  const result = await verify('--json', path);
  expect(result.exitCode).toBe(1);
  expect(reports(result)[1]).toEqual({
    path: join(path, 'train-labels.idx1-ubyte'),
    valid: false,
    code: 'IDX_COUNT_MISMATCH',
    offset: 4,
    expected: `5 labels, one for each image of ${join(path, 'train-images-idx3-ubyte')}`,
    actual: '4',
    advice: 'Use images and labels of the same set, training or test.',
    message: expect.stringContaining('found 4'),
  });
  expect(reports(result).map(({ valid }) => valid)).toEqual([true, false, true, true]);
});

test('notices images in the place of labels and the reverse', async () => {
  const swapped = { 'train-images-idx3-ubyte': labels(5), 'train-labels.idx1-ubyte': images(5) };
  const result = await verify('--json', folder('swapped', swapped));
  expect(reports(result).map(({ code }) => code)).toEqual(['IDX_UNSUITABLE', 'IDX_UNSUITABLE', undefined, undefined]);
});

test('a missing file is a line too, in a folder and by its name', async () => {
  const path = folder('incomplete');
  rmSync(join(path, 't10k-images-idx3-ubyte.gz'));
  const result = await verify('--json', path, join(root, 'absent'));
  expect(result.exitCode).toBe(1);
  expect(reports(result).filter(({ valid }) => !valid)).toEqual(
    [join(path, 't10k-images-idx3-ubyte'), join(root, 'absent')].map((path) => ({
      path,
      valid: false,
      code: 'DATA_NOT_FOUND',
      offset: 0,
      expected: 'a file or a folder',
      actual: 'nothing',
      advice: 'Check the path.',
      message: `${path}: expected a file or a folder, found nothing. Check the path.`,
    })),
  );
});

test('prints one aligned line a file for people', async () => {
  const short = join(root, 'short');
  const damaged = join(root, 'with a longer name');
  writeFileSync(short, images(3));
  writeFileSync(damaged, images(3).subarray(0, 22));
  const { lines, exitCode } = await verify(short, damaged);
  expect(exitCode).toBe(1);
  expect(lines).toEqual([
    `${short.padEnd(damaged.length)}  ok   uint8    3×2×2        sha256 15ec7bf0b50732b49f8228e07d24365338f9e3ab994b00af08e5a3bffe55fd8b`,
    `${damaged}  bad  IDX_TRUNCATED  byte 20: expected 3 items of 4 bytes, found 1 whole item and 2 bytes. The file is probably a partial download; fetch it again.`,
  ]);
});

test('spells out control characters in names', async () => {
  const { lines } = await verify(join(root, 'a\n\u001b[2Jb'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('a\\x0a\\x1b[2Jb');
});
