import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { imageInput } from './definition/layerShape.js';

const schema = z.strictObject({ type: z.literal('globalAveragePooling2d') });

export type GlobalAveragePooling2d = LayerOfSchema<typeof schema>;

/** The mean of each channel over all pixels; flat. */
export const globalAveragePooling2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const [, , channels] = imageInput(layer, input, place);
    return [channels];
  },
});
