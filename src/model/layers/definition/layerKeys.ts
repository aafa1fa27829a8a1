// Keys that several layers have, and the bounds that tell a network from a slip of the keyboard (or an attack).
import * as z from 'zod';
import { ACTIVATIONS } from '../../activations.js';

export const MAX_FILTERS = 4096;
export const MAX_UNITS = 65_536;
export const MAX_WINDOW = 64;

/** Values that one image may have after any layer. */
export const MAX_VALUES = 2 ** 24;

const SLOPE = 'a number from 0 to 1';

const PADDINGS = ['valid', 'same'] as const;

/** What lies beyond the border: nothing, or zeros as TensorFlow puts them. */
export type Padding = (typeof PADDINGS)[number];

/** A whole number from 1. */
export function whole(maximum: number) {
  const expected = `a whole number from 1 to ${maximum}`;
  return z.int(expected).min(1, expected).max(maximum, expected);
}

export function oneOf<const Names extends readonly string[]>(names: Names) {
  return z.enum(names, `one of ${names.join(', ')}`);
}

/** Channels that come out of a convolution. */
export const filters = whole(MAX_FILTERS);

/** Side of a window, or a step or factor of whole pixels. */
export const window = whole(MAX_WINDOW);

/** Whether each channel or unit adds a number of its own to its sums. @default true */
export const useBias = z.boolean('true or false').optional();

export const padding = oneOf(PADDINGS).optional();

/** What follows the sums of a layer with weights. */
export const activationKeys = {
  /** @default 'linear' */
  activation: oneOf(ACTIVATIONS).optional(),
  /** Of leakyRelu: what a negative value is multiplied by, 0 to 1. @default 0.01 */
  negativeSlope: z.number(SLOPE).min(0, SLOPE).max(1, SLOPE).optional(),
};

/** Refuses a slope where there is nothing that has one. */
export function withActivation<Schema extends z.ZodObject<typeof activationKeys>>(schema: Schema): Schema {
  return schema.refine(({ activation, negativeSlope }) => negativeSlope === undefined || activation === 'leakyRelu', {
    path: ['negativeSlope'],
    message: 'nothing, unless the activation is leakyRelu',
  });
}
