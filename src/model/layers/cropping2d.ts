import * as z from 'zod';
import { borders, bordersOf } from './definition/borders.js';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { imageInput, shapeError } from './definition/layerShape.js';

const schema = z.strictObject({
  type: z.literal('cropping2d'),
  /** Rows and columns that are cut off: one number, `[rows, columns]`, or `[[top, bottom], [left, right]]`. */
  cropping: borders,
});

export type Cropping2d = LayerOfSchema<typeof schema>;

export const cropping2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [height, width, channels] = imageInput(layer, input, place);
    const [[top, bottom], [left, right]] = bordersOf(layer.cropping);
    if (height <= top + bottom || width <= left + right)
      throw shapeError(layer, place, {
        expected: `an input larger than what is cut off, ${top + bottom} rows and ${left + right} columns`,
        actual: `${height}×${width}`,
        advice: 'Cut off less here, or reduce less in the layers before.',
      });
    return [height - top - bottom, width - left - right, channels];
  },
});
