// What holds for every augmentation.
import fc from 'fast-check';
import { from, lastValueFrom, map, type OperatorFunction, pipe, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch, ImageShape } from '../../../../src/data/batch.js';
import { memoryDataset } from '../../../../src/data/dataset/memoryDataset.js';
import { OptionError } from '../../../../src/errors.js';
import { batchOf } from '../../../../src/exports/testing.js';
import { pipeline } from '../../../../src/streams/pipeline.js';
import { expectMarbles } from '../../marbles.js';

type Augment = (options: { readonly seed: number }) => OperatorFunction<Batch, Batch>;

/** What comes of batches. */
export function augmented(batches: readonly Batch[], operator: OperatorFunction<Batch, Batch>): Batch[] {
  const results: Batch[] = [];
  from(batches)
    .pipe(operator)
    .subscribe((batch) => results.push(batch));
  return results;
}

/** One image of the place 0. */
export function oneImage(pixels: Batch['pixels'], shape: ImageShape, epoch = 1): Batch {
  return { pixels, shape: [1, ...shape], length: 1, indices: Uint32Array.of(0), epoch, index: 0 };
}

/** Every image of some epochs, by epoch and place in the data set. */
async function imagesBy(batches: Promise<readonly Batch[]>): Promise<Map<string, number[]>> {
  return new Map(
    (await batches).flatMap(({ pixels, indices, epoch }) => {
      const size = pixels.length / indices.length;
      return Array.from(indices, (index, item) => [
        `${epoch}/${index}`,
        [...pixels.subarray(item * size, (item + 1) * size)],
      ]);
    }),
  );
}

/** Tests the laws, with an augmentation that changes nearly every image. */
export function testLaws(augment: Augment): void {
  const shape = [5, 4, 3] as const;
  const images = memoryDataset({ shape, pixels: Uint8Array.from({ length: 12 * 60 }, (_, at) => (at * 37) % 256) });

  test('gives an item the same bits in any batch, in any order, and after a resume', async () => {
    const collect = (options: Parameters<typeof images.batches>[0]) =>
      imagesBy(lastValueFrom(pipeline(images.batches({ epochs: 2, ...options }), augment({ seed: 7 }), toArray())));
    const expected = await collect({ size: 12 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 13 }), fc.option(fc.nat(), { nil: undefined }), async (size, seed) => {
        const shuffle = seed === undefined ? {} : { shuffle: { seed } };
        const whole = await collect({ size, ...shuffle });
        expect(new Map([...whole].toSorted())).toEqual(new Map([...expected].toSorted()));
        const rest = await collect({ size, ...shuffle, start: { epoch: 2, index: 0 } });
        for (const [place, image] of rest) expect(image).toEqual(expected.get(place));
        expect(rest.size).toBe(12);
      }),
      { numRuns: 10 },
    );
  });

  test('differs by item, epoch and seed', () => {
    const pixels = Uint8Array.from({ length: 60 * 40 }, (_, at) => ((at % 60) * 41) % 256);
    const batch = (epoch: number): Batch => ({ ...batchOf(40, { shape, epoch }), pixels });
    const outcome = (epoch: number, seed: number) => augmented([batch(epoch)], augment({ seed }))[0]!.pixels;
    const first = outcome(1, 1);
    expect(outcome(2, 1)).not.toEqual(first);
    expect(outcome(1, 2)).not.toEqual(first);
    const size = first.length / 40;
    const different = new Set(
      Array.from({ length: 40 }, (_, item) => first.subarray(item * size, (item + 1) * size).join()),
    );
    expect(different.size).toBeGreaterThan(1);
  });

  test('treats target, bytes and floats alike, and leaves the batch that came in alone', () => {
    const bytes = images.read(0, 12);
    return bytes.then((pixels) => {
      const before = pixels.slice();
      const floats = Float32Array.from(pixels, (value) => value / 255);
      const batch: Batch = { ...batchOf(12, { shape }), pixels, target: floats };
      const [result] = augmented([batch], augment({ seed: 3 }));
      expect(pixels).toEqual(before);
      expect(result!.pixels).toBeInstanceOf(Uint8Array);
      expect(result!.target).toBeInstanceOf(Float32Array);
      const off = result!.target!.map((value, at) => Math.abs(255 * value - result!.pixels[at]!));
      expect(Math.max(...off)).toBeLessThan(0.51);
      expect(result).toMatchObject({ labels: batch.labels, indices: batch.indices, epoch: 1, index: 0, length: 12 });
      expect(augmented([batchOf(12, { shape })], augment({ seed: 3 }))[0]).not.toHaveProperty('target');
    });
  });

  test('passes completion, errors and unsubscribing on', () => {
    const values = { a: batchOf(1, { index: 0, shape }), b: batchOf(1, { index: 1, shape }) };
    const name = pipe(
      augment({ seed: 1 }),
      map(({ index }) => 'ab'[index]!),
    );
    expectMarbles(name, values, [
      ['-a-b-|', '^----!', '-a-b-|'],
      ['-a-#', '  ^--!', '  -a-#'],
      ['-a-b-a', '^---!', ' -a-b-'],
    ]);
  });

  test.each([0.5, Number.NaN, undefined])('refuses the seed %s', (seed) => {
    expect(() => augment({ seed: seed as number })).toThrow(OptionError);
  });
}
