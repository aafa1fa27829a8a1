import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { formatShape, shapeError } from './definition/layerShape.js';
import { from, skippedShape } from './definition/skippedShape.js';

const schema = z.strictObject({
  type: z.literal('concatenate'),
  /** Whose channels, or units, come behind those of the input. */
  from,
});

export type Concatenate = LayerOfSchema<typeof schema>;

export const concatenate = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const skipped = skippedShape(layer, place);
    const [sides, channels] = [input.slice(0, -1), input[input.length - 1]!];
    const [skippedSides, skippedChannels] = [skipped.slice(0, -1), skipped[skipped.length - 1]!];
    if (sides.join() === skippedSides.join()) return [...sides, channels + skippedChannels];
    throw shapeError(layer, place, {
      expected:
        sides.length === 0
          ? `${layer.from} to give a flat output, as what comes in here is`
          : `${layer.from} to give images of ${sides.join('×')}, as what comes in here is`,
      actual: formatShape(skipped),
      advice:
        'Name a layer whose output is as high and wide. A pooling that does not divide its input has dropped the border.',
    });
  },
});
