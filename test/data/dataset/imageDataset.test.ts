import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { drain } from '../drain.js';
import { numbered, numberedPixels } from './numbered.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('the digest is the sha256 of the images alone', async () => {
  expect(await numbered(9).digest()).toBe(sha256(numberedPixels(9)));
});

test('reads images by place, as a view', async () => {
  const pixels = numberedPixels(9);
  const part = await numbered(9, pixels).read(3, 5);
  expect([...part]).toEqual([3, 3, 4, 4]);
  expect(part.buffer).toBe(pixels.buffer);
});

test.each([
  [-1, 2],
  [3, 2],
  [0, 10],
  [0.5, 2],
])('refuses to read %d to %d of nine images', async (from, to) => {
  await expect(numbered(9).read(from, to)).rejects.toThrow(OptionError);
});

test('takes the first images as a data set of its own', async () => {
  const three = numbered(9).take(3);
  expect(three).toMatchObject({ name: 'numbered', items: 3, shape: [2, 1, 1], labels: Uint8Array.of(100, 101, 102) });
  expect(await three.digest()).toBe(sha256(numberedPixels(3)));
  expect(three.batchesPerEpoch({ size: 2 })).toBe(2);
  const [batch] = await drain(three.batches({ shuffle: { seed: 1 } }));
  expect([...batch!.indices].toSorted()).toEqual([0, 1, 2]);
});

test('takes all where there are fewer', () => {
  expect(numbered(9).take(10).items).toBe(9);
  expect(() => numbered(9).take(0)).toThrow(OptionError);
});
