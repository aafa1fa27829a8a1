import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { standardNormal } from './definition/trainingNoise.js';

const LARGEST = 1000;
const expected = `a number from 0 to ${LARGEST}`;

const schema = z.strictObject({
  type: z.literal('gaussianNoise'),
  /** Of the normal noise that is added in training; nothing is clipped. */
  standardDeviation: z.number(expected).min(0, expected).max(LARGEST, expected),
});

export type GaussianNoise = LayerOfSchema<typeof schema>;

export const gaussianNoise = defineLayer({ schema, outputShape: (_, input) => input });

/**
 * What is added to a value in training.
 * @param word 32 random bits
 */
export function gaussianNoiseValue({ standardDeviation }: GaussianNoise, word: number): number {
  return Math.fround(Math.fround(standardDeviation) * standardNormal(word));
}
