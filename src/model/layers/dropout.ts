import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';

const expected = 'a number from 0 to below 1';

const schema = z.strictObject({
  type: z.literal('dropout'),
  /** Share of the values that are set to zero in training; the others are divided by what is left. */
  rate: z.number(expected).min(0, expected).lt(1, expected),
});

export type Dropout = LayerOfSchema<typeof schema>;

export const dropout = defineLayer({ schema, outputShape: (_, input) => input });

/**
 * What a value is multiplied by in training.
 * @param word 32 random bits
 * @see Srivastava et al. (2014); scaled in training, as in Keras and PyTorch
 */
export function dropoutFactor({ rate }: Dropout, word: number): number {
  return word >= dropoutThreshold(rate) ? Math.fround(1 / (1 - rate)) : 0;
}

/** Words below it are of values that are dropped. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}
