import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';

const LARGEST = 1_000_000;
const expected = `a number from 0 to ${LARGEST}`;

const schema = z.strictObject({
  type: z.literal('activityRegularization'),
  /** What the sum of the absolute values of an image counts for in the loss. */
  l1: z.number(expected).min(0, expected).max(LARGEST, expected),
});

export type ActivityRegularization = LayerOfSchema<typeof schema>;

/**
 * Passes values on as they are, and adds to the loss how large they are, so that most become zero: a sparse latent.
 * @see ActivityRegularization of Keras 2, whose sum is divided by the size of the batch as well
 */
export const activityRegularization = defineLayer({
  schema,
  outputShape: (_, input) => input,
  penalty: ({ l1 }) => ({
    name: 'l1',
    value: (item) => item.reduce((sum, value) => sum + Math.abs(value), 0),
    // As in PyTorch 0 where the value is 0, or no number.
    derivatives: (item) => Float64Array.from(item, (value) => Number(value > 0) - Number(value < 0)),
    weight: l1,
    warmUp: 0,
  }),
});
