import * as z from 'zod';
import { defineLayer, type LayerOfSchema, weightAndBias } from './definition/layerDefinition.js';
import {
  activationKeys,
  filters,
  type Padding,
  padding,
  useBias,
  window,
  withActivation,
} from './definition/layerKeys.js';
import { imageInput } from './definition/layerShape.js';

const schema = withActivation(
  z.strictObject({
    type: z.literal('conv2dTranspose'),
    filters,
    kernelSize: window,
    /** @default 1 */
    strides: window.optional(),
    /** @default 'valid' */
    padding,
    useBias,
    ...activationKeys,
  }),
);

export type Conv2dTranspose = LayerOfSchema<typeof schema>;

export const conv2dTranspose = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const { kernelSize, strides = 1, padding = 'valid' } = layer;
    const [height, width] = imageInput(layer, input, place);
    const length = (side: number) => outputLength(side, kernelSize, strides, padding);
    return [length(height), length(width), layer.filters];
  },
  /** `[in, out, kh, kw]` */
  weights: ({ filters, kernelSize, useBias }, [, , channels = 0]) =>
    weightAndBias([channels, filters, kernelSize, kernelSize], { outputs: filters, useBias }),
});

/** @see deconv_output_length in keras/src/utils/conv_utils.py, without output padding */
function outputLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return padding === 'same' ? side * strides : side * strides + Math.max(kernelSize - strides, 0);
}
