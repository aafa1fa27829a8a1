import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace } from '../millrace.js';
import { trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
beforeAll(() => trainTiny(folder, '--output', 'run'));

test('writes the network, its encoder and its decoder, and says what the images are', async () => {
  const { code, stdout, stderr } = await millrace(
    folder,
    'export',
    '--to',
    'onnx',
    '--output',
    'onnx/',
    '--model',
    'run',
  );
  expect([code, stdout]).toEqual([0, 'onnx/model.onnx\nonnx/encoder.onnx\nonnx/decoder.onnx\n']);
  expect(stderr).toMatch(/^\S+ for onnx; images there are 0 to 1, written to\n$/);
  const again = await millrace(folder, 'export', '--to', 'tfjs', '--output', 'onnx', '--model', 'run');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('found one with something in it')]);
});

test('writes the decoder alone of a shared file, which has no encoder', async () => {
  await millrace(folder, 'encode', 'images.idx', '--share', 'shared.safetensors', '--model', 'run', '--threads', '1');
  const { code } = await millrace(
    folder,
    'export',
    '--to',
    'pytorch',
    '--output',
    'torch',
    '--model',
    'shared.safetensors',
  );
  expect([code, readdirSync(at('torch')).toSorted()]).toEqual([0, ['decoder.safetensors', 'model.py']]);
});

test.each([
  [
    ['--to', 'onxx', '--output', 'out'],
    /--to: expected one of onnx, tfjs, pytorch, found "onxx"\. Did you mean onnx\?/,
  ],
  [['--to', 'onnx'], /required option '--output/],
  [['--to', 'onnx', '--output', ''], /--output: expected a folder/],
])('refuses %j', async (flags, message) => {
  const { code, stderr } = await millrace(folder, 'export', '--model', 'run', ...flags);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(at('out'))).toBe(false);
});
