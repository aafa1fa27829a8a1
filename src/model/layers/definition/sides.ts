import * as z from 'zod';

/** One number for height and width, or one for each. */
export type Sides = number | readonly [height: number, width: number];

/** Both, of a key that has one number or two. */
export function sidesOf(sides: Sides): readonly [height: number, width: number] {
  return typeof sides === 'number' ? [sides, sides] : sides;
}

/** A whole number from 1, or `[height, width]` of them. */
export function wholeSides(maximum: number) {
  const expected = `a whole number from 1 to ${maximum}, or [height, width] of them`;
  const side = z.int(expected).min(1, expected).max(maximum, expected);
  return z.union([side, z.tuple([side, side]).readonly()], expected);
}
