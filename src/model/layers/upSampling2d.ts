import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { window } from './definition/layerKeys.js';
import { imageInput } from './definition/layerShape.js';

const schema = z.strictObject({
  type: z.literal('upSampling2d'),
  /** Factor, nearest neighbour. */
  size: window,
});

export type UpSampling2d = LayerOfSchema<typeof schema>;

export const upSampling2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [height, width, channels] = imageInput(layer, input, place);
    return [height * layer.size, width * layer.size, channels];
  },
});
