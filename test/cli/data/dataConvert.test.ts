import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { openData } from '../../../src/data/node/openData.js';
import { peerFile, peerPixels } from '../../data/peerFiles.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace } from '../millrace.js';

const folder = temporaryFolder();
const file = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const pixelsOf = async (name: string): Promise<Uint8Array> => {
  const { train } = await openData({ data: join(folder, name) });
  return train.read(0, train.items);
};

test('makes bytes of doubles, as the error on them says', async () => {
  const from = file('doubles.npy', peerFile('doubles.npy'));
  const refused = await millrace(folder, 'data', 'show', from);
  const [, ...args] = /millrace (data convert \S+ \S+)/.exec(refused.stderr)?.[1]?.split(' ') ?? [];
  const { code, stdout, stderr } = await millrace(folder, 'data', ...args);
  expect([code, stdout, stderr]).toEqual([0, `${folder}/doubles-uint8.npy\n`, '5 images of 6×7×1, written to\n']);
  expect(await pixelsOf('doubles-uint8.npy')).toEqual(peerPixels(1));
});

test('makes images of rows and of numbers in IDX', async () => {
  const rows = file('rows.idx', encodeIdx([5, 42], peerPixels(1)));
  expect((await millrace(folder, 'data', 'convert', rows, 'images.idx', '--shape', '6x7')).code).toBe(0);
  expect(await pixelsOf('images.idx')).toEqual(peerPixels(1));
  const numbers = file('numbers.idx', encodeIdx([5, 6, 7], Int32Array.from(peerPixels(1))));
  expect((await millrace(folder, 'data', 'convert', numbers, 'bytes.npy')).code).toBe(0);
  expect(await pixelsOf('bytes.npy')).toEqual(peerPixels(1));
});

test('writes labels beside, says what is left out, and takes the other part', async () => {
  file('keras.npz', peerFile('keras.npz'));
  const { stdout, stderr } = await millrace(folder, 'data', 'convert', 'keras.npz', 'keras.idx');
  expect(stdout).toBe('keras.idx\nkeras-labels.idx\n');
  expect(stderr).toContain('The 2 test images are left out: --part test writes them.\n');
  await millrace(folder, 'data', 'convert', 'keras.npz', 'test.npy', '--part', 'test', '--transpose');
  const { train } = await openData({ data: join(folder, 'test.npy'), transpose: true });
  expect([train.items, train.shape]).toEqual([2, [6, 7, 1]]);
  expect(await train.read(0, 2)).toEqual(peerPixels(1, 2));
  await millrace(folder, 'data', 'convert', 'keras.npz', 'keras/');
  expect(readdirSync(join(folder, 'keras', 'train'))).toEqual(['0', '1', '2', '3', '4']);
});

test('refuses a name that says nothing before anything is opened', async () => {
  const { code, stderr } = await millrace(folder, 'data', 'convert', 'absent', 'x.png');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/It must be a name that ends in \.idx, -idx3-ubyte or \.npy/),
  ]);
});

test('a file that cannot be read leaves what was there', async () => {
  file('torn.npy', peerFile('grey.npy').subarray(0, 200));
  file('old.idx', Uint8Array.of(1));
  const { code, stderr } = await millrace(folder, 'data', 'convert', 'torn.npy', 'old.idx');
  expect([code, stderr]).toEqual([1, expect.stringContaining('torn.npy: byte 200: expected 210 bytes')]);
  expect([...readFileSync(join(folder, 'old.idx'))]).toEqual([1]);
});
