// slice, map, holdOut and concat over data sets of every kind.
import fc from 'fast-check';
import { lastValueFrom } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../src/data/dataset/concat.js';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { DataError, OptionError } from '../../../src/errors.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { drain } from '../drain.js';
import { byHand, KINDS, numbersIn, slowly } from './derived.js';
import { numbered, numberedPixels } from './numbered.js';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
const both = (numbers: readonly number[]) => ({ images: numbers, labels: numbers });

describe.each(KINDS)('images %s', (_kind, make) => {
  test('are sliced as arrays are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -15, max: 15 }),
        fc.option(fc.integer({ min: -15, max: 15 }), { nil: undefined }),
        async (items, from, to) => {
          const expected = range(0, items).slice(from, to);
          if (expected.length === 0) expect(() => make(items).slice(from, to)).toThrow(OptionError);
          else expect(await numbersIn(make(items).slice(from, to))).toEqual(both(expected));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('are held out without overlap and without a loss, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer(),
        fc.integer({ min: 1, max: 7 }),
        async (items, fraction, seed, size) => {
          const count = Math.round(items * fraction);
          fc.pre(count > 0 && count < items);
          const { train, test } = make(items).holdOut(fraction, { seed });
          const [training, held] = [await numbersIn(train, size), await numbersIn(test)];
          expect(held.images).toHaveLength(count);
          expect([...training.images, ...held.images].toSorted((a, b) => a - b)).toEqual(range(0, items));
          expect(training.images).toEqual(training.images.toSorted((a, b) => a - b));
          expect([training.labels, held.labels]).toEqual([training.images, held.images]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('are mapped when they are read, to another shape too', async () => {
    const doubled = make(6).map((pixels, index) => Uint8Array.of(2 * pixels[0]!, index, 7), { shape: [1, 1, 3] });
    expect(doubled).toMatchObject({ items: 6, shape: [1, 1, 3], labels: make(6).labels });
    expect([...(await doubled.read(2, 4))]).toEqual([4, 2, 7, 6, 3, 7]);
    const [batch] = await drain(doubled.batches({ size: 6, shuffle: { seed: 3 } }));
    expect([...batch!.pixels].filter((_, at) => at % 3 === 1)).toEqual([...batch!.indices]);
  });

  test('are concatenated in their order, with their labels', async () => {
    const joined = concat(make(4), numbered(3), make(2));
    expect(joined.items).toBe(9);
    expect(await numbersIn(joined, 5)).toEqual(both([0, 1, 2, 3, 0, 1, 2, 0, 1]));
    const [whole] = await drain(joined.batches({ size: 9, shuffle: { seed: 1 } }));
    expect([...whole!.pixels].filter((_, at) => at % 2 === 0)).toEqual(
      [...whole!.indices].map((index) => [0, 1, 2, 3, 0, 1, 2, 0, 1][index]),
    );
  });
});

test('what is held out is a function of the seed', async () => {
  const held = async (seed: number) => (await numbersIn(numbered(50).holdOut(0.2, { seed }).test)).images;
  expect(await held(1)).toEqual(await held(1));
  expect(await held(1)).not.toEqual(await held(2));
  expect((await numbersIn(numbered(50).holdOut(0.2).test)).images).toEqual(await held(1));
});

test('slices of memory are views', async () => {
  const pixels = numberedPixels(9);
  const part = await numbered(9, pixels).slice(2).slice(1, 4).read(0, 2);
  expect([...part]).toEqual([3, 3, 4, 4]);
  expect(part.buffer).toBe(pixels.buffer);
});

test('map cannot write to the images that it is given', async () => {
  const pixels = Buffer.from(numberedPixels(3));
  const images = memoryDataset({ shape: [2, 1, 1], pixels });
  const black = images.map((image) => image.fill(0));
  expect([...(await black.read(1, 3))]).toEqual([0, 0, 0, 0]);
  expect([...(await images.read(1, 3))]).toEqual([1, 1, 2, 2]);
});

test('the digest is one of what the images are', async () => {
  const ten = numbered(10);
  const digests = await Promise.all(
    [
      concat(ten.slice(0, 4), ten.slice(4)),
      concat(slowly(10)),
      ten.map((pixels) => pixels),
      concat(ten.slice(4), ten.slice(0, 4)),
      ten.map((pixels) => pixels.fill(1)),
      ...Object.values(ten.holdOut(0.2)),
      ten.holdOut(0.2, { seed: 2 }).train,
    ].map((dataset) => dataset.digest()),
  );
  expect(new Set(digests.slice(0, 3)).size).toBe(1);
  expect(new Set(digests).size).toBe(digests.length - 2);
  expect(await ten.slice(0, 4).digest()).toBe(await numbered(4).digest());
});

test('a digest reads a few images at a time', async () => {
  const most: number[] = [];
  const size = 2 ** 20;
  const large = concat(memoryDataset({ shape: [2 ** 10, 2 ** 10, 1], pixels: new Uint8Array(9 * size) }), {
    ...byHand(3),
    shape: [2 ** 10, 2 ** 10, 1],
    read: async (from, to) => {
      most.push(to - from);
      return new Uint8Array((to - from) * size);
    },
  });
  expect(await large.digest()).toMatch(/^[0-9a-f]{64}$/);
  expect(most).toEqual([3]);
  await large.map((image) => image).digest();
  expect(Math.max(...most)).toBeLessThanOrEqual(4);
});

test.each([
  [Uint8Array.of(1), /^image 1 that map has made: expected a Uint8Array of 2 bytes \(2×1×1\), found 1 bytes\./],
  [[1, 2], /found a list of 2\./],
  [undefined, /found nothing\./],
])('a map that gives %j is refused', async (result, message) => {
  const mapped = slowly(3).map((pixels, index) => (index === 1 ? (result as never) : pixels));
  await expect(mapped.read(0, 3)).rejects.toThrow(DataError);
  await expect(drain(mapped.batches())).rejects.toThrow(message);
  const inMemory = numbered(3).map((pixels, index) => (index === 1 ? (result as never) : pixels));
  await expect(lastValueFrom(pipeline(inMemory.batches()))).rejects.toThrow(message);
});

test.each([
  ['holdOut', () => numbered(9).holdOut(0)],
  ['holdOut', () => numbered(9).holdOut(1)],
  ['holdOut', () => numbered(9).holdOut(Number.NaN)],
  ['holdOut', () => numbered(3).holdOut(0.1)],
  ['holdOut', () => numbered(1).holdOut(0.5)],
  ['seed', () => numbered(9).holdOut(0.5, { seed: 0.5 })],
  ['from', () => numbered(9).slice(0.5)],
  ['to', () => numbered(9).slice(3, 3)],
  ['shape', () => numbered(9).map((pixels) => pixels, { shape: [2, 1] as never })],
  ['change', () => numbered(9).map('dark' as never)],
])('%s out of range is refused: %s', (option, act) => {
  expect(act).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});
