import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSide, nearestSide } from '../../src/model/fitSide.js';

const quarters = (side: number) => (side < 4 ? undefined : 4 * Math.floor(side / 4));
const sides = fc.integer({ min: 1, max: 600 });

test('a side that comes out as it went in is left alone', () => {
  expect(fitSide(28, quarters)).toEqual({ padding: [0, 0], cropping: [0, 0] });
});

test('the fewest zeros are halved, an odd one at the end', () => {
  expect(fitSide(29, quarters)).toEqual({ padding: [1, 2], cropping: [1, 2] });
  expect(fitSide(1, quarters)).toEqual({ padding: [1, 2], cropping: [1, 2] });
});

test('all of a side comes out, and with one zero less not all of it', () => {
  fc.assert(
    fc.property(sides, fc.integer({ min: 1, max: 16 }), fc.integer({ min: -4, max: 9 }), (side, factor, surplus) => {
      const outputSide = (tried: number) => factor * Math.floor(tried / factor) + surplus;
      const { padding, cropping } = fitSide(side, outputSide)!;
      const padded = side + padding[0] + padding[1];
      expect(outputSide(padded) - cropping[0] - cropping[1]).toBe(side);
      if (padded > side) expect(outputSide(padded - 1)).toBeLessThan(side);
    }),
  );
});

test('nothing fits a network whose output is smaller whatever goes in', () => {
  expect(fitSide(28, () => 5)).toBeUndefined();
  expect(nearestSide(28, () => undefined)).toBeUndefined();
});

test.each([
  [29, 28],
  [30, 28],
  [31, 32],
  [3, 4],
])('nearest to %i is %i', (side, nearest) => {
  expect(nearestSide(side, quarters)).toBe(nearest);
});
