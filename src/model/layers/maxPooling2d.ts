import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { window } from './definition/layerKeys.js';
import { pooledShape } from './definition/pooledShape.js';

const schema = z.strictObject({
  type: z.literal('maxPooling2d'),
  /** Window and stride; what is left over at the border is dropped. */
  poolSize: window,
});

export type MaxPooling2d = LayerOfSchema<typeof schema>;

export const maxPooling2d = defineLayer({ schema, outputShape: pooledShape });
