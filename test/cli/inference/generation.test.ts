import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { openData } from '../../../src/data/node/openData.js';
import type { Model } from '../../../src/inference/model.js';
import { openModel } from '../../../src/inference/node/openModel.js';
import { toBytes } from '../../../src/inference/pictureBatch.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { saveWeights } from '../../../src/model/node/weightsFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { millrace, millraceReading } from '../millrace.js';
import { PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const run = (command: string, ...flags: string[]) => millrace(folder, command, ...flags, '--threads', '1');
const imagesIn = async (name: string) => {
  const { train } = await openData({ data: at(name) });
  return { items: train.items, pixels: await train.read(0, train.items) };
};

let model: Model;
const plain = ['--model', 'run'];
const drawn = ['--model', 'drawn.safetensors'];
beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  const architecture = {
    ...TINY_NETWORK,
    encoder: [{ type: 'flatten' }, { type: 'dense', units: 4 }, { type: 'variational' }],
  } as const;
  await saveWeights(at('drawn.safetensors'), initialWeights(checkArchitecture(architecture), 1), architecture);
  model = await openModel(at('run'), { threads: 1 });
  return () => model.dispose();
});

describe('sample', () => {
  test('draws a sheet, ten by ten', async () => {
    const { code, stdout, stderr } = await run('sample', ...drawn, '--output', 'sheet.png');
    expect([code, stdout, stderr]).toEqual([0, 'sheet.png\n', '100 images of 4×4×1, written to\n']);
    const { width, height } = decode(readFileSync(at('sheet.png')));
    expect([width, height]).toEqual([49, 49]);
  });

  test('writes as many as are asked for, the same for a seed', async () => {
    await run('sample', ...drawn, '--output', 'one.idx', '--count', '30', '--seed', '7', '--batch-size', '8');
    await run('sample', ...drawn, '--output', 'two.npy', '--count', '40', '--seed', '7');
    const [one, two] = [await imagesIn('one.idx'), await imagesIn('two.npy')];
    expect([one.items, two.items]).toEqual([30, 40]);
    expect(two.pixels.subarray(0, one.pixels.length)).toEqual(one.pixels);
  });

  test('draws as the latents of images lie, where it is told to', async () => {
    const flags = [...plain, '--output', 'fitted/', '--count', '3', '--limit', '50'];
    const { code, stderr } = await run('sample', '--fit', 'images.idx', ...flags);
    expect([code, stderr]).toEqual([
      0,
      'Drawn as the latents of 50 images are spread.\n3 images of 4×4×1, written to\n',
    ]);
    expect(readdirSync(at('fitted'))).toEqual(['0.png', '1.png', '2.png']);
    const fromStdin = await millraceReading(
      PIXELS.subarray(0, 50 * 16),
      folder,
      ...['sample', '--fit', '-', ...plain, '--output', 'piped/', '--count', '3', '--threads', '1'],
    );
    expect(fromStdin.code).toBe(0);
    expect(readFileSync(at('piped/2.png'))).toEqual(readFileSync(at('fitted/2.png')));
  });

  test.each<[readonly string[], number, RegExp]>([
    [['--output', 'a.idx'], 2, /^millrace: --fit: expected images like those that .* was trained on/],
    [['--output', 'a.gif'], 2, /--output: expected a name that ends/],
    [['--output', 'a.idx', '--count', 'x'], 2, /--count: expected a whole number, 1 or more, found "x"/],
    [['--output', 'a.idx', '--seed', '1.5'], 2, /--seed: expected a whole number/],
    [['--output', 'a.idx', '--fit', 'absent.idx'], 1, /absent\.idx/],
    [['--output', 'a.idx', '--fit', 'images.idx', '--limit', '1'], 1, /expected two images at least/],
    [[], 2, /required option '--output/],
  ])('%j is refused', async (flags, expected, message) => {
    const { code, stderr } = await run('sample', ...plain, ...flags);
    expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
  });
});

describe('interpolate', () => {
  test('goes from one image to another, as the network sees them', async () => {
    const { code, stderr } = await run(
      'interpolate',
      'images.idx:3',
      'images.idx:59',
      ...plain,
      '--output',
      'line.npy',
    );
    expect([code, stderr]).toEqual([0, '10 images of 4×4×1, written to\n']);
    const { items, pixels } = await imagesIn('line.npy');
    expect(items).toBe(10);
    const seen = (index: number) => toBytes(model.reconstruct(PIXELS.subarray(16 * index, 16 * (index + 1))));
    expect([pixels.subarray(0, 16), pixels.subarray(-16)]).toEqual([seen(3), seen(59)]);
  });

  test('takes image files, and draws them side by side', async () => {
    for (const name of ['a', 'b'])
      writeFileSync(at(`${name}.png`), encode({ width: 4, height: 4, channels: 1, data: PIXELS.slice(0, 16) }));
    const { code } = await run('interpolate', 'a.png', 'b.png', ...plain, '--output', 'line.png', '--steps', '6');
    const { width, height } = decode(readFileSync(at('line.png')));
    expect([code, width, height]).toEqual([0, 29, 4]);
  });

  test.each<[readonly string[], number, RegExp]>([
    [['images.idx:60', 'images.idx:0'], 1, /images\.idx: expected an image of index 60, found 60 images, 0 to 59/],
    [['images.idx', 'images.idx:0'], 1, /images\.idx: expected an image: .*PATH:INDEX.*, found neither/],
    [['-', 'images.idx:0'], 1, /^millrace: -: expected an image/],
    [['absent.idx:1', 'images.idx:0'], 1, /absent\.idx/],
    [['large.png', 'images.idx:0'], 1, /expected images of 4×4×1.*found 5×5×1 \(large\.png\)\. .*--resize 4x4/],
    [['torn.png', 'images.idx:0'], 1, /torn\.png/],
    [['images.idx:1', 'images.idx:0', '--steps', '1'], 2, /--steps: expected a whole number, 2 or more/],
    [['images.idx:1', 'images.idx:0', '--limit', '1'], 2, /unknown option '--limit'/],
    [['images.idx:1'], 2, /missing required argument 'b'/],
  ])('%j is refused', async (flags, expected, message) => {
    const large = encode({ width: 5, height: 5, channels: 1, data: new Uint8Array(25) });
    writeFileSync(at('large.png'), large);
    writeFileSync(at('torn.png'), large.subarray(0, 40));
    const { code, stderr } = await run('interpolate', ...flags, ...plain, '--output', 'a.idx');
    expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
  });
});
