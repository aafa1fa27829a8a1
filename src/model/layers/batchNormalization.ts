import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { activationKeys, withActivation } from './definition/layerKeys.js';

const MOMENTUM = 'a number from 0 to 1';
const EPSILON = 'a number above 0, at most 1';

const schema = withActivation(
  z.strictObject({
    type: z.literal('batchNormalization'),
    /** How much of the running statistics a batch replaces, as in PyTorch; Keras's momentum is what it leaves of them. @default 0.1 */
    momentum: z.number(MOMENTUM).min(0, MOMENTUM).max(1, MOMENTUM).optional(),
    /** Added to the variance. @default 1e-5 */
    epsilon: z.number(EPSILON).gt(0, EPSILON).max(1, EPSILON).optional(),
    ...activationKeys,
  }),
);

export type BatchNormalization = LayerOfSchema<typeof schema>;

/**
 * Gives each channel of images, or each unit, the mean 0 and the variance 1, then scales and shifts it: while the network learns by
 * the batch's own mean and variance, otherwise by what ran along with the training.
 * @see Ioffe and Szegedy (2015), https://arxiv.org/abs/1502.03167
 */
export const batchNormalization = defineLayer({
  schema,
  outputShape: (_, input) => input,
  /** Names and order are PyTorch's. */
  weights(_, input) {
    const shape = [input[input.length - 1]!];
    return [
      { name: 'weight', shape, initial: 1 },
      { name: 'bias', shape, initial: 0 },
      { name: 'running_mean', shape, initial: 0, isStatistic: true },
      { name: 'running_var', shape, initial: 1, isStatistic: true },
    ];
  },
});

/** Its settings, also where they are not said. */
export function normalizationSettings({ momentum = 0.1, epsilon = 1e-5 }: BatchNormalization) {
  return { momentum, epsilon };
}
