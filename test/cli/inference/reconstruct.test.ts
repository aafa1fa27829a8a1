import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { openData } from '../../../src/data/node/openData.js';
import { openModel } from '../../../src/inference/node/openModel.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace, millraceReading } from '../millrace.js';
import { ITEMS, LABELS, PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const reconstruct = (...flags: string[]) => millrace(folder, 'reconstruct', '.', '--threads', '1', ...flags);
let expected: Uint8Array;
beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  mkdirSync(at('runs'));
  const model = await openModel(at('run'), { threads: 1 });
  expected = Uint8Array.from(model.reconstruct(PIXELS), (value) => Math.round(value * 255));
  model.dispose();
});
const model = ['--model', 'run'];

test.each(['.idx', '.npy'])('writes a file that ends in %s, and labels beside it', async (end) => {
  const { code, stdout, stderr } = await reconstruct(...model, '--output', `out${end}`, '--batch-size', '7');
  expect([code, stdout, stderr]).toEqual([0, `out${end}\nout-labels${end}\n`, '60 images of 4×4×1, written to\n']);
  const { train } = await openData({ data: at(`out${end}`) });
  expect([train.items, await train.read(0, ITEMS)]).toEqual([ITEMS, expected]);
  expect(readFileSync(at(`out-labels${end}`)).subarray(-ITEMS)).toEqual(Buffer.from(LABELS));
});

test('writes a folder of PNGs with folders of labels', async () => {
  const { stdout } = await reconstruct(...model, '--output', 'pictures/');
  expect([stdout, readdirSync(at('pictures'))]).toEqual(['pictures\n', ['0', '1', '2']]);
  expect([...decode(readFileSync(at('pictures/1/04.png'))).data]).toEqual([...expected.subarray(64, 80)]);
  const again = await reconstruct(...model, '--output', 'pictures/');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('found one with something in it')]);
});

test('draws a sheet: inputs over reconstructions over errors', async () => {
  const { stdout, stderr } = await reconstruct(...model, '--output', 'sheet.png', '--error', '--limit', '1');
  expect([stdout, stderr]).toEqual(['sheet.png\n', '1 images of 4×4×1, written to\n']);
  const { width, height, data } = decode(readFileSync(at('sheet.png')));
  expect([width, height]).toEqual([4, 14]);
  expect([...data.subarray(0, 16)]).toEqual([...PIXELS.subarray(0, 16)]);
  expect([...data.subarray(20, 36)]).toEqual([...expected.subarray(0, 16)]);
  const difference = (expected[0]! - PIXELS[0]!) / 2 + 127.5;
  expect(Math.abs(data[40]! - difference)).toBeLessThanOrEqual(1);
});

test('reads raw frames from stdin and writes some to stdout, of the model s own shape', async () => {
  const { code, stdout } = await millraceReading(
    PIXELS.subarray(0, 32),
    folder,
    ...['reconstruct', '-', '--output', 'frames.npy', ...model, '--threads', '1'],
  );
  expect([code, stdout]).toEqual([0, 'frames.npy\n']);
  const { train } = await openData({ data: at('frames.npy') });
  expect(await train.read(0, 2)).toEqual(expected.subarray(0, 32));
});

test('adds noise first, and takes a limit', async () => {
  await reconstruct(...model, '--output', 'noisy.npy', '--noise', '0.5', '--limit', '5');
  const { train } = await openData({ data: at('noisy.npy') });
  expect(train.items).toBe(5);
  expect(await train.read(0, 5)).not.toEqual(expected.subarray(0, 80));
});

test.each([
  [['--output', 'out.gif'], /--output: expected a name that ends in \.idx, \.npy or \.png/],
  [['--output', 'out.idx', '--error'], /--error: expected a sheet/],
  [['--output', 'out.idx', '--limit', '0'], /--limit: expected a whole number, 1 or more/],
  [['--output', 'out.idx', '--batch-size', 'x'], /--batch-size: expected a whole number/],
  [['--output', 'out.idx', '--noise', '-1'], /--?factor|noise/],
  [[], /required option '--output/],
])('refuses %j before anything is opened', async (flags, message) => {
  const { code, stderr } = await reconstruct('--model', 'absent', ...flags);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
