import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { MAX_VALUES, whole } from './definition/layerKeys.js';
import { formatShape, shapeError, shapeSize } from './definition/layerShape.js';

const schema = z.strictObject({
  type: z.literal('reshape'),
  targetShape: z
    .array(whole(MAX_VALUES), '[height, width, channels] or [units]')
    .refine(({ length }) => length === 1 || length === 3, '[height, width, channels] or [units]')
    .readonly(),
});

export type Reshape = LayerOfSchema<typeof schema>;

export const reshape = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const { targetShape } = layer;
    if (shapeSize(targetShape) === shapeSize(input)) return targetShape;
    throw shapeError(layer, place, {
      expected: `a targetShape of ${shapeSize(input)} values, as many as its input (${formatShape(input)}) has`,
      actual: `[${targetShape.join(', ')}] with ${shapeSize(targetShape)}`,
      advice: 'The product of targetShape has to equal the number of values that come in.',
    });
  },
});
