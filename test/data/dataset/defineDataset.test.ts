import { expect, test } from 'vitest';
import { defineDataset } from '../../../src/data/dataset/defineDataset.js';
import { drain } from '../drain.js';

const three = {
  name: 'three',
  items: 3,
  shape: [1, 2, 1],
  read: (from: number, to: number) => bytes(from, to),
} as const;
const bytes = (from: number, to: number) => Uint8Array.from({ length: 2 * (to - from) }, (_, at) => from + (at >> 1));

test('a function that reads images makes a data set', async () => {
  const set = defineDataset({ ...three, labels: [7, 8, 9] });
  expect(set).toMatchObject({ name: 'three', source: 'program', items: 3, sample: false });
  const batches = await drain(set.batches({ size: 2 }));
  expect(batches.map(({ pixels, labels }) => [...pixels, ...labels!])).toEqual([
    [0, 0, 1, 1, 7, 8],
    [2, 2, 9],
  ]);
  const later = defineDataset({ ...three, read: async (from, to) => bytes(from, to) });
  expect(await later.digest()).toBe(await set.digest());
  expect(await later.take(2).digest()).not.toBe(await set.digest());
});

test.each([
  ['5 bytes', new Uint8Array(5)],
  ['a list of 6', [0, 0, 1, 1, 2, 2]],
])('what is read is looked at: %s', async (actual, result) => {
  const set = defineDataset({ ...three, read: async () => result as never });
  await expect(set.read(0, 3)).rejects.toMatchObject({
    code: 'DATA_SHAPE',
    expected: expect.stringMatching(/6 bytes/),
    actual,
  });
});

test.each([
  ['items', { items: 0 }],
  ['shape', { shape: [2, 1] }],
  ['labels', { labels: [1, 2] }],
  ['labels', { labels: [1, 2, 256] }],
])('refuses %s that do not fit: %j', (option, change) => {
  expect(() => defineDataset({ ...three, ...change } as never)).toThrow(
    expect.objectContaining({ code: 'OPTION', option }),
  );
});
