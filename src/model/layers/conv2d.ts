import * as z from 'zod';
import { defineLayer, type LayerOfSchema, weightAndBias } from './definition/layerDefinition.js';
import {
  activationKeys,
  filters,
  MAX_WINDOW,
  type Padding,
  padding,
  useBias,
  withActivation,
} from './definition/layerKeys.js';
import { imageInput } from './definition/layerShape.js';
import { sidesOf, wholeSides } from './definition/sides.js';

const MAX_STRIDES = 4;

const schema = withActivation(
  z.strictObject({
    type: z.literal('conv2d'),
    filters,
    kernelSize: wholeSides(MAX_WINDOW),
    /** 1 to 4. @default 1 */
    strides: wholeSides(MAX_STRIDES).optional(),
    /** @default 'valid' */
    padding,
    useBias,
    ...activationKeys,
  }),
);

export type Conv2d = LayerOfSchema<typeof schema>;

export const conv2d = defineLayer({
  schema,
  outputShape(layer, input, place) {
    const { kernelSize, strides = 1, padding = 'valid' } = layer;
    const [kernels, steps] = [sidesOf(kernelSize), sidesOf(strides)];
    const [height, width] = imageInput(layer, input, place, padding === 'valid' ? kernels : [1, 1]);
    return [
      outputLength(height, kernels[0], steps[0], padding),
      outputLength(width, kernels[1], steps[1], padding),
      layer.filters,
    ];
  },
  /** `[out, in, kh, kw]` */
  weights: ({ filters, kernelSize, useBias }, [, , channels = 0]) =>
    weightAndBias([filters, channels, ...sidesOf(kernelSize)], { outputs: filters, useBias }),
  connections({ filters, kernelSize }, [, , channels = 0]) {
    const [height, width] = sidesOf(kernelSize);
    const taps = height * width;
    return { inputs: channels, outputs: filters, taps, fanIn: channels * taps, order: 'outputs first' };
  },
});

/** @see conv_output_length in keras/src/utils/conv_utils.py */
function outputLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return Math.ceil((padding === 'same' ? side : side - kernelSize + 1) / strides);
}
