import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rotate } from '../../../../src/streams/operators/augmentation/rotate.js';

function turned(pixels: Uint8Array, side: number, degrees: number, fill = 0): Uint8Array {
  const to = new Uint8Array(pixels.length);
  rotate(pixels, to, [side, side, pixels.length / side ** 2], (degrees * Math.PI) / 180, fill);
  return to;
}

test('turns counter-clockwise', () => {
  expect([...turned(Uint8Array.of(1, 2, 3, 4), 2, 90)]).toEqual([2, 4, 1, 3]);
  expect([...turned(Uint8Array.of(1, 2, 3, 4), 2, -90)]).toEqual([3, 1, 4, 2]);
});

test('is exact by right angles, whatever the sides and channels', () => {
  const images = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
    .chain(([side, channels]) =>
      fc.tuple(
        fc.constant(side),
        fc.uint8Array({ minLength: side * side * channels, maxLength: side * side * channels }),
      ),
    );
  fc.assert(
    fc.property(images, ([side, pixels]) => {
      const once = turned(pixels, side, 90);
      expect(turned(once, side, 90)).toEqual(turned(pixels, side, 180));
      expect(turned(turned(once, side, 90), side, 180)).toEqual(pixels);
    }),
  );
});

test('leaves an image of one value as it is where the fill value is the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: -180, max: 180 }),
      fc.nat(255),
      (side, degrees, value) => {
        const pixels = new Uint8Array(side * side).fill(value);
        expect(turned(pixels, side, degrees, value / 255)).toEqual(pixels);
      },
    ),
  );
});

test('interpolates between four pixels', () => {
  // The centre of 3 × 3 stays; by 45° the pixel above it shows a point √2⁄2 from the centre in both directions.
  const [a, near] = [100, 1 - Math.SQRT1_2];
  const result = turned(Uint8Array.of(a, 0, 0, 0, 0, 0, 0, 0, 0), 3, -45);
  expect(result[1]).toBe(Math.round(a * (1 - near) ** 2));
  expect(result[4]).toBe(0);
});
