import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import type { BatchOptions } from '../../../src/data/dataset.js';
import { drain, opened } from '../drain.js';
import { numbered, numberedPixels } from './numbered.js';

const items = fc.integer({ min: 1, max: 60 });
const size = fc.integer({ min: 1, max: 25 });
const seed = fc.integer();

const placesOf = (batches: readonly Batch[], epoch = 1): number[] =>
  batches.filter((batch) => batch.epoch === epoch).flatMap((batch) => [...batch.indices]);
const ascending = (length: number): number[] => Array.from({ length }, (_, item) => item);
const sorted = (places: number[]): number[] => places.toSorted((a, b) => a - b);

test('gives file order, batch by batch, the last one as it comes', async () => {
  const batches = await drain(numbered(5).batches({ size: 2 }));
  expect(batches).toEqual([
    {
      pixels: Uint8Array.of(0, 0, 1, 1),
      shape: [2, 2, 1, 1],
      length: 2,
      labels: Uint8Array.of(100, 101),
      indices: Uint32Array.of(0, 1),
      epoch: 1,
      index: 0,
    },
    expect.objectContaining({ length: 2, indices: Uint32Array.of(2, 3), index: 1 }),
    expect.objectContaining({ length: 1, shape: [1, 2, 1, 1], indices: Uint32Array.of(4), index: 2 }),
  ]);
});

test('every epoch is a permutation, pixels and labels along with it', async () => {
  await fc.assert(
    fc.asyncProperty(items, size, seed, async (items, size, seed) => {
      const batches = await drain(numbered(items).batches({ size, epochs: 3, shuffle: { seed } }));
      for (const epoch of [1, 2, 3]) expect(sorted(placesOf(batches, epoch))).toEqual(ascending(items));
      for (const { pixels, labels, indices } of batches) {
        expect([...pixels]).toEqual([...indices].flatMap((place) => [place, place]));
        expect([...labels!]).toEqual([...indices].map((place) => 100 + place));
      }
    }),
  );
});

test('each epoch and each seed has its own order, the same one every time', async () => {
  const order = async (seed: number, epoch: number): Promise<number[]> =>
    placesOf(await drain(numbered(50).batches({ epochs: 2, shuffle: { seed } })), epoch);
  expect(await order(1, 1)).toEqual(await order(1, 1));
  expect(await order(1, 1)).not.toEqual(await order(1, 2));
  expect(await order(1, 1)).not.toEqual(await order(2, 1));
});

test('shards part the epoch between them', async () => {
  await fc.assert(
    fc.asyncProperty(items, size, seed, fc.integer({ min: 1, max: 7 }), async (items, size, seed, count) => {
      const shards = await Promise.all(
        ascending(count).map((index) =>
          drain(numbered(items).batches({ size, shuffle: { seed }, shard: { index, count } })),
        ),
      );
      expect(sorted(shards.flatMap((batches) => placesOf(batches)))).toEqual(ascending(items));
      const lengths = shards.map((batches) => placesOf(batches).length);
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    }),
  );
});

test('goes on from any batch exactly as if it had never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(items, size, seed, fc.nat(), fc.boolean(), async (items, size, seed, stop, dropLast) => {
      const options: BatchOptions = { size, epochs: 3, shuffle: { seed }, dropLast, shard: { index: 0, count: 2 } };
      const dataset = numbered(items);
      const whole = await drain(dataset.batches(options));
      const consumed = stop % (whole.length + 1);
      const next = whole[consumed] ?? { epoch: 4, index: 0 };
      const rest = await drain(dataset.batches({ ...options, start: { epoch: next.epoch, index: next.index } }));
      expect(rest).toEqual(whole.slice(consumed));
    }),
  );
});

test('takes the end of an epoch for the beginning of the next', async () => {
  const rest = await drain(numbered(4).batches({ size: 2, epochs: 2, start: { epoch: 1, index: 2 } }));
  expect(rest.map(({ epoch, index }) => [epoch, index])).toEqual([
    [2, 0],
    [2, 1],
  ]);
});

test('leaves the last batch out where it is not full', async () => {
  const batches = await drain(numbered(5).batches({ size: 2, epochs: 2, dropLast: true }));
  expect(batches.map(({ length }) => length)).toEqual([2, 2, 2, 2]);
});

test('ends at once where no batch is full', async () => {
  expect(await drain(numbered(5).batches({ size: 6, epochs: 3, dropLast: true }))).toEqual([]);
});

test('gives views in file order and copies otherwise', async () => {
  const pixels = numberedPixels(20);
  const inOrder = await drain(numbered(20, pixels).batches({ size: 4 }));
  expect(inOrder.every((batch) => batch.pixels.buffer === pixels.buffer)).toBe(true);
  const shuffled = await drain(numbered(20, pixels).batches({ size: 10, shuffle: { seed: 1 } }));
  expect(shuffled.every((batch) => batch.pixels.buffer !== pixels.buffer)).toBe(true);
});

test('has the result at hand where the images lie in memory', async () => {
  const pull = await opened(numbered(20).batches({ shuffle: { seed: 1 } }));
  expect(pull.next()).toMatchObject({ done: false, value: { length: 20 } });
  expect(pull.next()).toEqual({ done: true, value: undefined });
  expect(pull.next()).toEqual({ done: true, value: undefined });
});

test('never overwrites a batch', async () => {
  const pull = await opened(numbered(50).batches({ size: 5, epochs: 2, shuffle: { seed: 3 } }));
  const first = await pull.next();
  const copy = structuredClone(first);
  while ((await pull.next()).done !== true);
  expect(first).toEqual(copy);
});

test('two subscriptions do not disturb each other', async () => {
  const source = numbered(6).batches({ size: 2 });
  const [one, other] = [await opened(source), await opened(source)];
  await one.next();
  await one.next();
  expect(await other.next()).toMatchObject({ value: { index: 0 } });
});
