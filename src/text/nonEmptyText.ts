import * as z from 'zod';

/**
 * The schema of a text that is not empty.
 *
 * zod's `min(1)` also asks what is not a string for its `length`, and compares that: `{"length":{"toString":null}}` makes it throw.
 * A pattern is tried on strings alone.
 *
 * @param expected for the complaint. @default zod's own words
 */
export function nonEmptyText(expected?: string): z.ZodString {
  const error = expected === undefined ? {} : { error: expected };
  return z.string(error).regex(/^[\s\S]/, error);
}
