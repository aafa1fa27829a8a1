import * as z from 'zod';
import { defineLayer, type LayerOfSchema, weightAndBias } from './definition/layerDefinition.js';
import {
  activationKeys,
  filters,
  type Padding,
  padding,
  whole,
  window,
  withActivation,
} from './definition/layerKeys.js';
import { imageInput } from './definition/layerShape.js';

const schema = withActivation(
  z.strictObject({
    type: z.literal('conv2d'),
    filters,
    kernelSize: window,
    /** 1 or 2. @default 1 */
    strides: whole(2).optional(),
    /** @default 'valid' */
    padding,
    ...activationKeys,
  }),
);

export type Conv2d = LayerOfSchema<typeof schema>;

export const conv2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const { kernelSize, strides = 1, padding = 'valid' } = layer;
    const [height, width] = imageInput(layer, input, place, padding === 'valid' ? kernelSize : 1);
    const length = (side: number) => outputLength(side, kernelSize, strides, padding);
    return [length(height), length(width), layer.filters];
  },
  /** `[out, in, kh, kw]` */
  weights: ({ filters, kernelSize }, [, , channels = 0]) =>
    weightAndBias([filters, channels, kernelSize, kernelSize], filters),
});

/** @see conv_output_length in keras/src/utils/conv_utils.py */
function outputLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return Math.ceil((padding === 'same' ? side : side - kernelSize + 1) / strides);
}
