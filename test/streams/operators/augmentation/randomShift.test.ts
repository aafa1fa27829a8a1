import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../../src/errors.js';
import { randomShift } from '../../../../src/streams/operators/augmentation/randomShift.js';
import { augmented, oneImage, testLaws } from './laws.js';

describe('every augmentation', () => testLaws(({ seed }) => randomShift({ pixels: 2, seed })));

/** One bright pixel in the middle: where it is afterwards tells the move. */
function moves(pixels: number, count: number): [down: number, right: number][] {
  const side = 2 * pixels + 1;
  const image = new Uint8Array(side * side);
  image[pixels * side + pixels] = 255;
  const epochs = Array.from({ length: count }, (_, epoch) => oneImage(image, [side, side, 1], epoch + 1));
  return augmented(epochs, randomShift({ pixels, seed: 5 })).map((batch) => {
    const at = batch.pixels.indexOf(255);
    return [Math.floor(at / side) - pixels, (at % side) - pixels];
  });
}

test('takes every move equally often', () => {
  const counts = new Map<string, number>();
  for (const move of moves(1, 9000)) counts.set(move.join(), (counts.get(move.join()) ?? 0) + 1);
  expect(counts.size).toBe(9);
  // Four standard deviations of a binomial distribution.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('moves all channels as one, and shows the fill value at the border', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (side, pixels, seed) => {
      const image = Float32Array.from({ length: side * side * 2 }, (_, at) => 0.5 + at / 1000);
      const [moved] = augmented([oneImage(image, [side, side, 2])], randomShift({ pixels, seed, fill: 0.25 }));
      const seen = Array.from({ length: (2 * pixels + 1) ** 2 }, (_, at) => {
        const [down, right] = [Math.floor(at / (2 * pixels + 1)) - pixels, (at % (2 * pixels + 1)) - pixels];
        return image.map((_, place) => {
          const [row, column] = [Math.floor(place / 2 / side) - down, (Math.floor(place / 2) % side) - right];
          const inside = row >= 0 && row < side && column >= 0 && column < side;
          return inside ? image[(row * side + column) * 2 + (place % 2)]! : 0.25;
        });
      });
      expect(seen).toContainEqual(moved!.pixels);
    }),
  );
});

test('leaves images alone where it moves by 0 pixels', () => {
  const batch = oneImage(Uint8Array.of(1, 2, 3, 4), [2, 2, 1]);
  expect(augmented([batch], randomShift({ pixels: 0, seed: 1 }))).toEqual([batch]);
});

test.each([{ pixels: -1 }, { pixels: 0.5 }, { pixels: Number.NaN }, { pixels: 1, fill: 255 }, { pixels: 1, fill: -1 }])(
  'refuses %j',
  (options) => {
    expect(() => randomShift({ ...options, seed: 1 })).toThrow(OptionError);
  },
);
