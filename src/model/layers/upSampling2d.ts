import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { oneOf, window } from './definition/layerKeys.js';
import { imageInput } from './definition/layerShape.js';

const schema = z.strictObject({
  type: z.literal('upSampling2d'),
  /** Factor. */
  size: window,
  /** Pixels are repeated, or lie on straight lines between their centers. @default 'nearest' */
  interpolation: oneOf(['nearest', 'bilinear']).optional(),
});

export type UpSampling2d = LayerOfSchema<typeof schema>;

export const upSampling2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [height, width, channels] = imageInput(layer, input, place);
    return [height * layer.size, width * layer.size, channels];
  },
});
