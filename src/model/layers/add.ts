import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { formatShape, shapeError } from './definition/layerShape.js';
import { from, skippedShape } from './definition/skippedShape.js';

const schema = z.strictObject({
  type: z.literal('add'),
  /** Whose output is added, value by value. */
  from,
});

export type Add = LayerOfSchema<typeof schema>;

export const add = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const skipped = skippedShape(layer, place);
    if (formatShape(skipped) === formatShape(input)) return input;
    throw shapeError(layer, place, {
      expected: `${layer.from} to give what comes in here, ${formatShape(input)}`,
      actual: formatShape(skipped),
      advice: 'Name a layer whose output has the same shape, or give both as many filters or units.',
    });
  },
});
