import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { formatShape, shapeError } from './definition/layerShape.js';
import type { Penalty } from './definition/penalty.js';

const LARGEST = 1_000_000;
const weightExpected = `a number from 0 to ${LARGEST}`;
const stepsExpected = `a whole number from 0 to ${LARGEST}`;

const schema = z.strictObject({
  type: z.literal('variational'),
  /** β: how much the divergence counts beside a reconstruction loss that is summed over the image. @default 1 */
  klWeight: z.number(weightExpected).min(0, weightExpected).max(LARGEST, weightExpected).optional(),
  /** Updates over which `klWeight` rises evenly from nothing. @default 0 */
  klWarmUp: z.int(stepsExpected).min(0, stepsExpected).max(LARGEST, stepsExpected).optional(),
});

export type Variational = LayerOfSchema<typeof schema>;

/**
 * A latent that is a normal distribution: the first half of the input are means, the second half logarithms of variances. In
 * training a latent is drawn, mean + e^(½ log-variance) ε; everywhere else it is the mean.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (2014), https://arxiv.org/abs/1312.6114
 */
export const variational = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [values = 0] = input;
    if (input.length === 1 && values % 2 === 0) return [values / 2];
    throw shapeError(layer, place, {
      expected: 'a flat input of an even number of values: means, then as many logarithms of variances',
      actual: formatShape(input),
      advice: 'Put a dense layer before it, with two units for each value of the latent.',
    });
  },
  penalty: ({ klWeight = 1, klWarmUp = 0 }, imageValues) => ({
    ...divergence,
    weight: klWeight / imageValues,
    warmUp: klWarmUp,
  }),
});

/** Kullback and Leibler's, to the unit normal distribution: ½ Σ (μ² + σ² − 1 − log σ²), in nats; Appendix B of the paper. */
const divergence: Pick<Penalty, 'name' | 'value' | 'derivatives'> = {
  name: 'kl',
  value(item) {
    const latents = item.length / 2;
    let sum = 0;
    for (let at = 0; at < latents; at++) {
      const [mean, logVariance] = [item[at]!, item[latents + at]!];
      sum += mean * mean + Math.exp(logVariance) - 1 - logVariance;
    }
    return sum / 2;
  },
  derivatives(item) {
    const latents = item.length / 2;
    return Float64Array.from(item, (value, at) => (at < latents ? value : (Math.exp(value) - 1) / 2));
  },
};
