import * as z from 'zod';
import { borders, bordersOf } from './definition/borders.js';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { imageInput } from './definition/layerShape.js';

const schema = z.strictObject({
  type: z.literal('zeroPadding2d'),
  /** Rows and columns of zeros: one number, `[rows, columns]`, or `[[top, bottom], [left, right]]`. */
  padding: borders,
});

export type ZeroPadding2d = LayerOfSchema<typeof schema>;

export const zeroPadding2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [height, width, channels] = imageInput(layer, input, place);
    const [[top, bottom], [left, right]] = bordersOf(layer.padding);
    return [height + top + bottom, width + left + right, channels];
  },
});
