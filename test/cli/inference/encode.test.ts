// encode and decode: every format there and back, quantised too, and files that need nothing else.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openData } from '../../../src/data/node/openData.js';
import { openModel } from '../../../src/inference/node/openModel.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace, millraceReading } from '../millrace.js';
import { ITEMS, LABELS, PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const model = ['--model', 'run', '--threads', '1', '--batch-size', '7'];
const encode = (...flags: string[]) => millrace(folder, 'encode', '.', ...model, ...flags);
const decode = (...flags: string[]) => millrace(folder, 'decode', ...flags);
const imagesOf = async (name: string): Promise<Uint8Array> => {
  const { train } = await openData({ data: at(name) });
  return train.read(0, train.items);
};
const farthest = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index]!)), 0);
let latents: Float32Array;
let expected: Uint8Array;
beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  await trainTiny(folder, '--output', 'other', '--seed', '9');
  const opened = await openModel(at('run'), { threads: 1 });
  latents = opened.encode(PIXELS);
  expected = Uint8Array.from(opened.decode(latents), (value) => Math.round(value * 255));
  opened.dispose();
});

describe.each(['.npy', '.safetensors', '.csv'])('latents in a file that ends in %s', (end) => {
  test('decode to what reconstruct makes', async () => {
    const { code, stderr } = await encode('--output', `latents${end}`);
    expect([code, stderr]).toEqual([0, '60 latents of 2 values, written to\n']);
    expect((await decode(`latents${end}`, '--output', 'images.npy', ...model)).code).toBe(0);
    expect(await imagesOf('images.npy')).toEqual(expected);
  });

  test('of 12 bits decode to nearly that', async () => {
    await encode('--output', `coarse${end}`, '--bits', '12');
    await decode(`coarse${end}`, '--output', 'images.idx', ...model, '--limit', '50');
    const images = await imagesOf('images.idx');
    expect(images).toHaveLength(50 * 16);
    expect(farthest(images, expected)).toBeLessThanOrEqual(1);
  });
});

test('rows of float32 pass through pipes', async () => {
  writeFileSync(at('rows'), new Uint8Array(latents.buffer));
  const piped = ['decode', '-', '--output', 'piped.npy', ...model];
  expect((await millraceReading(readFileSync(at('rows')), folder, ...piped)).code).toBe(0);
  expect(await imagesOf('piped.npy')).toEqual(expected);
  const torn = await millraceReading(readFileSync(at('rows')).subarray(0, 11), folder, ...piped);
  expect([torn.code, torn.stderr]).toEqual([1, expect.stringContaining('1 whole rows of 8 bytes, and 3 bytes')]);
});

test('a number in CSV comes back to the same bits', async () => {
  await encode('--output', 'exact.csv');
  const [head, ...rows] = readFileSync(at('exact.csv'), 'utf8').trimEnd().split('\n');
  expect(head).toBe('label,z0,z1');
  expect(rows.map((row) => Number(row.split(',')[0]))).toEqual([...LABELS]);
  expect(Float32Array.from(rows.flatMap((row) => row.split(',').slice(1).map(Number)))).toEqual(latents);
});

describe('a shared file', () => {
  beforeAll(async () => {
    expect((await encode('--share', 'shared.safetensors', '--bits', '8')).code).toBe(0);
  });

  test('is decoded without anything else, labels too', async () => {
    await decode('shared.safetensors', '--output', 'shared.npy');
    expect(farthest(await imagesOf('shared.npy'), expected)).toBeLessThanOrEqual(3);
    expect([...readFileSync(at('shared-labels.npy')).subarray(-ITEMS)]).toEqual([...LABELS]);
  });

  test('says what it saves', async () => {
    const { stdout } = await encode('--share', 'two.safetensors', '--bits', '2');
    expect(stdout).toMatch(/^raw images +960 +100\.0 %$/m);
    expect(stdout).toMatch(/^gzip -9 of them +\d+ +[\d.]+ %$/m);
    expect(stdout).toMatch(/^their PNGs +[\d,]+ +[\d.]+ %$/m);
    const { length } = readFileSync(at('two.safetensors'));
    expect(stdout).toMatch(new RegExp(`^two\\.safetensors +${length.toLocaleString('en-US')} `, 'm'));
    expect(stdout).toMatch(/60 images, 2 latents each at 2 bits; PSNR [\d.]+ dB/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('opens as a model that has a decoder alone', async () => {
    const opened = await openModel(at('shared.safetensors'), { threads: 1 });
    const run = await openModel(at('run'), { threads: 1 });
    expect([opened.hasEncoder, opened.decode(latents)]).toEqual([false, run.decode(latents)]);
    expect(await opened.decoderDigest()).toBe(await run.decoderDigest());
    opened.dispose();
    run.dispose();
    const { code, stderr } = await millrace(
      folder,
      'encode',
      '.',
      '--model',
      'shared.safetensors',
      '--output',
      'x.npy',
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('a decoder alone, as shared files have it')]);
  });

  test('is refused where it is torn or changed', async () => {
    const bytes = readFileSync(at('shared.safetensors'));
    writeFileSync(at('torn.safetensors'), bytes.subarray(0, bytes.length - 5));
    writeFileSync(at('changed.safetensors'), bytes.with(bytes.length - 5, bytes.at(-5)! ^ 1));
    const torn = await decode('torn.safetensors', '--output', 'x.npy');
    expect([torn.code, torn.stderr]).toEqual([1, expect.stringContaining(`expected a file of ${bytes.length} bytes`)]);
    const changed = await decode('changed.safetensors', '--output', 'x.npy');
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('expected values with the digest')]);
  });
});

describe('what is refused', () => {
  test('latents of another decoder, by its digest', async () => {
    await encode('--output', 'mine.safetensors');
    const { code, stderr } = await decode('mine.safetensors', '--output', 'x.npy', '--model', 'other');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/found latents of another one \([0-9a-f]{12}…/)]);
  });

  test.each([
    ['three.csv', 'z0,z1,z2\n1,2,3\n', 'found 3 columns of latents'],
    ['short.csv', 'z0,z1\n1,2\n1\n', 'line 3: expected 2 columns, found 1'],
    ['head.csv', 'z0,z1\n', 'expected one image at least, found none'],
    ['word.csv', 'z0,z1\n1,two\n', 'line 2: expected a number, found "two"'],
  ])('%s', async (name, text, message) => {
    writeFileSync(at(name), text);
    const { code, stderr } = await decode(name, '--output', 'x.npy', ...model);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  test('an array of other latents, and one that is cut', async () => {
    await encode('--output', 'whole.npy');
    writeFileSync(at('cut.npy'), readFileSync(at('whole.npy')).subarray(0, -3));
    expect((await decode('cut.npy', '--output', 'x.npy', ...model)).stderr).toMatch(
      /cut\.npy: byte \d+: expected a file of/,
    );
    const images = await decode('whole-labels.npy', '--output', 'x.npy', ...model);
    expect([images.code, images.stderr]).toEqual([1, expect.stringContaining('expected latents of 2 values')]);
  });

  test('a network whose latents alone make no image, before anything is read or written', async () => {
    const skips = {
      name: 'skips',
      input: [4, 4, 1],
      encoder: [
        { type: 'conv2d', filters: 2, kernelSize: 1 },
        { type: 'maxPooling2d', poolSize: 2 },
      ],
      decoder: [
        { type: 'upSampling2d', size: 2 },
        { type: 'concatenate', from: 'encoder.0' },
        { type: 'conv2d', filters: 1, kernelSize: 1 },
      ],
    };
    writeFileSync(at('skips.json'), JSON.stringify(skips));
    await trainTiny(folder, '--output', 'skips', '--architecture', 'skips.json');
    const own = ['--model', 'skips', '--threads', '1'];
    expect((await millrace(folder, 'encode', '.', ...own, '--output', 'skips.npy')).code).toBe(0);
    for (const flags of [
      ['encode', '.', ...own, '--share', 'x.safetensors'],
      ['decode', 'skips.npy', ...own, '--output', 'x.npy'],
    ]) {
      const { code, stderr } = await millrace(folder, ...flags);
      expect([code, stderr]).toEqual([1, expect.stringContaining('decoder.1 (concatenate) also reads encoder.0')]);
    }
  });

  test('flags that do not go together, before anything is opened', async () => {
    for (const flags of [
      [],
      ['--output', 'x.bin'],
      ['--output', 'x.npy', '--share', 'x'],
      ['--output', 'x.npy', '--bits', '1'],
      ['--share', '-'],
    ])
      expect((await millrace(folder, 'encode', 'absent', ...flags)).code).toBe(2);
  });

  test('nothing half-written is left', () => {
    rmSync(at('x.npy'), { force: true });
    expect(readdirSync(folder).filter((name) => /partial|^x\./.test(name))).toEqual([]);
  });
});
