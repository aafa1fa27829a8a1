import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../../src/errors.js';
import { type FlipOptions, randomFlip } from '../../../../src/streams/operators/augmentation/randomFlip.js';
import { augmented, oneImage, testLaws } from './laws.js';

describe('every augmentation', () => testLaws(({ seed }) => randomFlip({ direction: 'both', seed })));

/** Two rows of three pixels of two channels. */
const image = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const HORIZONTAL = '5,6,3,4,1,2,11,12,9,10,7,8';
const VERTICAL = '7,8,9,10,11,12,1,2,3,4,5,6';
const BOTH = '11,12,9,10,7,8,5,6,3,4,1,2';

/** How often each outcome is among a thousand. */
function outcomes(options: Omit<FlipOptions, 'seed'>): Record<string, number> {
  const epochs = Array.from({ length: 1000 }, (_, epoch) => oneImage(image, [2, 3, 2], epoch + 1));
  const counts: Record<string, number> = {};
  for (const { pixels } of augmented(epochs, randomFlip({ ...options, seed: 1 })))
    counts[pixels.join()] = (counts[pixels.join()] ?? 0) + 1;
  return counts;
}

test.each([
  ['horizontal', HORIZONTAL],
  ['vertical', VERTICAL],
  ['both', BOTH],
] as const)('%s mirrors all images with probability 1, and none with 0', (direction, expected) => {
  expect(outcomes({ direction, probability: 1 })).toEqual({ [expected]: 1000 });
  expect(outcomes({ direction, probability: 0 })).toEqual({ [image.join()]: 1000 });
});

test('mirrors left and right in half of the cases where nothing is said', () => {
  const counts = outcomes({});
  expect(Object.keys(counts).toSorted()).toEqual([image.join(), HORIZONTAL].toSorted());
  expect(Math.abs(counts[HORIZONTAL]! - 500)).toBeLessThan(64);
});

test('decides on each direction by itself', () => {
  const counts = outcomes({ direction: 'both', probability: 0.2 });
  expect(Math.abs(counts[HORIZONTAL]! - 160)).toBeLessThan(47);
  expect(Math.abs(counts[VERTICAL]! - 160)).toBeLessThan(47);
  expect(Math.abs(counts[BOTH]! - 40)).toBeLessThan(26);
});

test.each([{ probability: 1.5 }, { probability: Number.NaN }, { direction: 'diagonal' }])('refuses %j', (options) => {
  expect(() => randomFlip({ ...options, seed: 1 } as never)).toThrow(OptionError);
});
