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
  /** Windows overlap, so that a value is the sum of (kernelSize / strides)² of them; of one, where they do not. */
  connections({ filters, kernelSize, strides = 1 }, [, , channels = 0]) {
    const fanIn = channels * Math.max(1, (kernelSize / strides) ** 2);
    return { inputs: channels, outputs: filters, taps: kernelSize ** 2, fanIn, order: 'inputs first' };
  },
});

/** @see deconv_output_length in keras/src/utils/conv_utils.py, without output padding */
function outputLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return padding === 'same' ? side * strides : side * strides + Math.max(kernelSize - strides, 0);
}
