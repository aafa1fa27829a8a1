import * as z from 'zod';
import { defineLayer, type LayerOfSchema } from './definition/layerDefinition.js';
import { shapeSize } from './definition/layerShape.js';

const schema = z.strictObject({ type: z.literal('flatten') });

export type Flatten = LayerOfSchema<typeof schema>;

export const flatten = defineLayer({ schema, outputShape: (_, input) => [shapeSize(input)] });
