// How much is added to an image, or cut from it, on each side; as in Keras.
import * as z from 'zod';

const MAX_BORDER = 4096;
const expected = `a whole number from 0 to ${MAX_BORDER}`;
const pixels = z.int(expected).min(0, expected).max(MAX_BORDER, expected);
const form = 'pixels for all sides, [rows, columns], or [[top, bottom], [left, right]]';

export const borders = z.union(
  [pixels, z.tuple([pixels, pixels]), z.tuple([z.tuple([pixels, pixels]), z.tuple([pixels, pixels])])],
  form,
);

/** Pixels before and after. */
export type Border = readonly [before: number, after: number];

/** Above and below, left and right. */
export function bordersOf(value: z.infer<typeof borders>): readonly [rows: Border, columns: Border] {
  if (typeof value === 'number')
    return [
      [value, value],
      [value, value],
    ];
  const [rows, columns] = value;
  return [pair(rows), pair(columns)];
}

function pair(value: number | readonly [number, number]): Border {
  return typeof value === 'number' ? [value, value] : value;
}
