import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../../src/errors.js';
import { randomRotate } from '../../../../src/streams/operators/augmentation/randomRotate.js';
import { augmented, oneImage, testLaws } from './laws.js';

describe('every augmentation', () => testLaws(({ seed }) => randomRotate({ degrees: 40, seed })));

/** A bright pixel right of the centre: its angle afterwards, in degrees, tells how far the image was turned. */
function angles(degrees: number, count: number): number[] {
  const side = 41;
  const image = new Float32Array(side * side);
  image[20 * side + 38] = 1;
  const epochs = Array.from({ length: count }, (_, epoch) => oneImage(image, [side, side, 1], epoch + 1));
  return augmented(epochs, randomRotate({ degrees, seed: 2 })).map(({ pixels }) => {
    let [x, y] = [0, 0];
    pixels.forEach((value, at) => {
      x += value * ((at % side) - 20);
      y -= value * (Math.floor(at / side) - 20);
    });
    return (Math.atan2(y, x) * 180) / Math.PI;
  });
}

test('turns in both directions, by up to so many degrees, all equally likely', () => {
  const turned = angles(30, 400);
  expect(Math.max(...turned.map(Math.abs))).toBeLessThan(31);
  for (const from of [-30, -15, 0, 15]) {
    const share = turned.filter((angle) => angle >= from && angle < from + 15).length;
    expect(Math.abs(share - 100)).toBeLessThan(35);
  }
});

test('leaves images alone where it turns by 0 degrees', () => {
  const batch = oneImage(Uint8Array.of(1, 2, 3, 4, 5, 6), [2, 3, 1]);
  expect(augmented([batch], randomRotate({ degrees: 0, seed: 1, fill: 1 }))).toEqual([batch]);
});

test.each([{ degrees: -1 }, { degrees: 181 }, { degrees: Number.NaN }, { degrees: 10, fill: 2 }])(
  'refuses %j',
  (options) => {
    expect(() => randomRotate({ ...options, seed: 1 })).toThrow(OptionError);
  },
);
