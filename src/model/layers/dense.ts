import * as z from 'zod';
import { defineLayer, type LayerOfSchema, weightAndBias } from './definition/layerDefinition.js';
import { activationKeys, MAX_UNITS, useBias, whole, withActivation } from './definition/layerKeys.js';
import { formatShape, shapeError } from './definition/layerShape.js';

const schema = withActivation(
  z.strictObject({
    type: z.literal('dense'),
    units: whole(MAX_UNITS),
    useBias,
    ...activationKeys,
  }),
);

export type Dense = LayerOfSchema<typeof schema>;

export const dense = defineLayer({
  schema,
  outputShape(layer, input, place) {
    if (input.length === 1) return [layer.units];
    throw shapeError(layer, place, {
      expected: 'a flat input',
      actual: formatShape(input),
      advice: 'Put a flatten before it.',
    });
  },
  /** `[out, in]` */
  weights: ({ units, useBias }, input) => weightAndBias([units, input[input.length - 1]!], { outputs: units, useBias }),
  connections({ units }, [inputs = 0]) {
    return { inputs, outputs: units, taps: 1, fanIn: inputs, order: 'outputs first' };
  },
});
