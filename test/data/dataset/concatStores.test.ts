import { expect, test } from 'vitest';
import { concatStores } from '../../../src/data/dataset/concatStores.js';

test('where one part cannot be opened, the others are closed', async () => {
  const closed: string[] = [];
  const store = (name: string, fails: boolean) => ({
    items: 1,
    imageSize: 1,
    open: async () => {
      if (fails) throw new Error(`${name} is gone`);
      return { read: () => new Uint8Array(1), close: () => void closed.push(name) };
    },
  });
  const stores = concatStores([store('a', false), store('b', true), store('c', false)]);
  await expect(stores.open(new AbortController().signal)).rejects.toThrow('b is gone');
  expect(closed).toEqual(['a', 'c']);
});
