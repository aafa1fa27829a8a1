import fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../../src/errors.js';
import { randomCrop } from '../../../../src/streams/operators/augmentation/randomCrop.js';
import { augmented, oneImage, testLaws } from './laws.js';

describe('every augmentation', () => testLaws(({ seed }) => randomCrop({ padding: 1, size: [3, 5], seed })));

test('cuts every window of the padded image equally often', () => {
  const image = Uint8Array.from({ length: 9 }, (_, at) => at + 1);
  const epochs = Array.from({ length: 9000 }, (_, epoch) => oneImage(image, [3, 3, 1], epoch + 1));
  const counts = new Map<string, number>();
  for (const { pixels } of augmented(epochs, randomCrop({ padding: 1, seed: 1 })))
    counts.set(pixels.join(), (counts.get(pixels.join()) ?? 0) + 1);
  expect(counts.size).toBe(9);
  expect(counts.has('0,0,0,2,3,0,5,6,0')).toBe(true);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('is what padding and cutting by hand give', () => {
  const side = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.integer({ min: 0, max: 2 }),
      fc.nat(),
      (h, w, rows, columns, padding, seed) => {
        fc.pre(rows <= h + 2 * padding && columns <= w + 2 * padding);
        const image = Uint8Array.from({ length: h * w * 2 }, (_, at) => at);
        const padded = (row: number, column: number): number[] =>
          row < 0 || row >= h || column < 0 || column >= w
            ? [255, 255]
            : [...image.subarray((row * w + column) * 2).slice(0, 2)];
        const windows: number[][] = [];
        for (let top = -padding; top <= h + padding - rows; top++)
          for (let left = -padding; left <= w + padding - columns; left++)
            windows.push(
              Array.from({ length: rows * columns }, (_, at) =>
                padded(top + Math.floor(at / columns), left + (at % columns)),
              ).flat(),
            );
        const crop = randomCrop({ padding, size: rows === columns ? rows : [rows, columns], fill: 1, seed });
        const [cut] = augmented([oneImage(image, [h, w, 2])], crop);
        expect(cut!.shape).toEqual([1, rows, columns, 2]);
        expect(windows).toContainEqual([...cut!.pixels]);
      },
    ),
  );
});

test('refuses a window that is larger than the padded image, at the first batch', async () => {
  const batches = from([oneImage(new Uint8Array(9), [3, 3, 1])]).pipe(
    randomCrop({ size: [6, 3], padding: 1, seed: 1 }),
  );
  await expect(lastValueFrom(batches)).rejects.toMatchObject({ code: 'OPTION', option: 'size', expected: /5×5/ });
});

test.each([
  { padding: -1 },
  { padding: 0.5 },
  { size: [0, 1] },
  { size: [1] },
  { size: 0 },
  { size: [1, 2, 3] },
  { size: '28' },
  { fill: 2 },
])('refuses %j', (options) => {
  expect(() => randomCrop({ ...options, seed: 1 } as never)).toThrow(OptionError);
});
