// Images with targets: batches carry them, and what is done with the set is done with both.
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { concat } from '../../../src/data/dataset/concat.js';
import { ImageDataset } from '../../../src/data/dataset/imageDataset.js';
import { memoryStore } from '../../../src/data/dataset/imageStore.js';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { withTarget } from '../../../src/data/dataset/withTarget.js';
import type { Dataset } from '../../../src/data/dataset.js';
import { drain } from '../drain.js';
import { byHand, KINDS, slowly } from './derived.js';
import { numbered, numberedPixels } from './numbered.js';

/** Image i is to become one of bytes 100 + i. */
const targets = (items: number): Dataset =>
  numbered(
    items,
    numberedPixels(items).map((value) => 100 + value),
  );

const pairsIn = (batches: readonly Batch[]): number[][] =>
  batches.flatMap(({ pixels, target, indices }) =>
    [...indices].map((_, item) => [pixels[2 * item]!, target![2 * item]!]),
  );

const pairs = (...images: readonly number[]): number[][] => images.map((image) => [image, 100 + image]);

test.each([...KINDS, ['made by hand', byHand]] as const)(
  'images %s are paired in any order, place by place',
  async (_, make) => {
    const both = withTarget(make(7), targets(7));
    expect(both).toMatchObject({ items: 7, shape: [2, 1, 1] });
    const shuffled = await drain(both.batches({ size: 3, epochs: 2, shuffle: { seed: 5 } }));
    expect(shuffled.map(({ epoch, index }) => [epoch, index])).toHaveLength(both.batchesPerEpoch({ size: 3 }) * 2);
    expect(pairsIn(shuffled).toSorted(([a = 0], [b = 0]) => a - b)).toEqual(
      pairs(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6),
    );
    expect([...(await both.read(2, 3))]).toEqual([2, 2]);
  },
);

test('is sliced, mapped, held out and put together as a whole', async () => {
  const both = withTarget(
    numbered(5),
    slowly(5).map((pixels) => pixels.map((value) => 100 + value)),
  );
  expect(pairsIn(await drain(both.slice(1, 3).batches()))).toEqual(pairs(1, 2));
  expect(pairsIn(await drain(both.take(1).batches()))).toEqual(pairs(0));
  const { train, test } = both.holdOut(0.4, { seed: 2 });
  const all = [...pairsIn(await drain(train.batches())), ...pairsIn(await drain(test.batches()))];
  expect(all.toSorted(([a = 0], [b = 0]) => a - b)).toEqual(pairs(0, 1, 2, 3, 4));
  const halved = both.map((pixels) => pixels.map((value) => value / 2));
  expect(pairsIn(await drain(halved.slice(4).batches()))).toEqual([[2, 52]]);
  const [joined] = await drain(concat(both.take(1), both.slice(4)).batches({ size: 9 }));
  expect(pairsIn([joined!])).toEqual(pairs(0, 4));
  expect(joined?.labels).toEqual(Uint8Array.of(100, 104));
  expect(() => concat(both, numbered(2))).toThrow('numbered has no targets');
});

test('its digest tells images and targets apart from others', async () => {
  const digests = [withTarget(numbered(3), targets(3)), withTarget(targets(3), numbered(3)), numbered(3)];
  expect(new Set(await Promise.all(digests.map((dataset) => dataset.digest()))).size).toBe(3);
  expect(await withTarget(numbered(3), targets(3)).digest()).toBe(await digests[0]!.digest());
});

const named = (source: string, ...names: string[]): Dataset =>
  new ImageDataset({ name: source, source, sample: false, names }, [2, 1, 1], memoryStore(numberedPixels(2), 2));

test('goes by names, whatever they end in', () => {
  expect(withTarget(named('noisy', 'a.jpg', 'b/1.jpg'), named('clean', 'a.png', 'b/1.png')).items).toBe(2);
});

test.each<[Dataset, string]>([
  [numbered(4), 'memory: expected 2 images, as in noisy, found 4.'],
  [
    memoryDataset({ shape: [1, 2, 1], pixels: numberedPixels(2) }),
    'expected images of 2×1×1, as in noisy, found 1×2×1.',
  ],
  [
    named('clean', 'a.png', 'c.png'),
    'clean: expected an image named b, as in noisy, found c.png. Every image needs its target',
  ],
])('refuses what does not belong together: case %#', (target, sentence) => {
  const pair = () => withTarget(named('noisy', 'a.png', 'b.png'), target);
  expect(pair).toThrow(expect.objectContaining({ code: 'DATA_PAIRS', message: expect.stringContaining(sentence) }));
});
