// The JSON of a network, key by key. What it means for shapes is checked in layerShape.ts.
import * as z from 'zod';
import type { Layer } from '../architecture.js';

/** Layers in a list, and the bounds that tell a network from a slip of the keyboard (or an attack). */
const MAX_LAYERS = 64;
const MAX_SIDE = 4096;
const MAX_FILTERS = 4096;
const MAX_UNITS = 65_536;
const MAX_WINDOW = 64;

/** Values that one image may have after any layer. */
export const MAX_VALUES = 2 ** 24;

function whole(maximum: number) {
  const expected = `a whole number from 1 to ${maximum}`;
  return z.int(expected).min(1, expected).max(maximum, expected);
}

function oneOf<const Names extends readonly string[]>(names: Names) {
  return z.enum(names, `one of ${names.join(', ')}`);
}

const activation = oneOf(['linear', 'relu', 'tanh', 'sigmoid']).optional();
const padding = oneOf(['valid', 'same']).optional();

const targetShape = z
  .array(whole(MAX_VALUES), '[height, width, channels] or [units]')
  .refine(({ length }) => length === 1 || length === 3, '[height, width, channels] or [units]');

/** One schema for each type of layer. */
export const layerSchemas = {
  conv2d: z.strictObject({
    type: z.literal('conv2d'),
    filters: whole(MAX_FILTERS),
    kernelSize: whole(MAX_WINDOW),
    strides: z.union([z.literal(1), z.literal(2)], '1 or 2').optional(),
    padding,
    activation,
  }),
  conv2dTranspose: z.strictObject({
    type: z.literal('conv2dTranspose'),
    filters: whole(MAX_FILTERS),
    kernelSize: whole(MAX_WINDOW),
    strides: whole(MAX_WINDOW).optional(),
    padding,
    activation,
  }),
  batchNormalization: z.strictObject({
    type: z.literal('batchNormalization'),
    momentum: z.number('a number from 0 to 1').min(0, 'a number from 0 to 1').max(1, 'a number from 0 to 1').optional(),
    epsilon: z
      .number('a number above 0, at most 1')
      .gt(0, 'a number above 0, at most 1')
      .max(1, 'a number above 0, at most 1')
      .optional(),
    activation,
  }),
  maxPooling2d: z.strictObject({ type: z.literal('maxPooling2d'), poolSize: whole(MAX_WINDOW) }),
  averagePooling2d: z.strictObject({ type: z.literal('averagePooling2d'), poolSize: whole(MAX_WINDOW) }),
  upSampling2d: z.strictObject({ type: z.literal('upSampling2d'), size: whole(MAX_WINDOW) }),
  flatten: z.strictObject({ type: z.literal('flatten') }),
  dense: z.strictObject({ type: z.literal('dense'), units: whole(MAX_UNITS), activation }),
  reshape: z.strictObject({ type: z.literal('reshape'), targetShape }),
} satisfies Record<Layer['type'], z.ZodType<Layer>>;

// Not min and max, which zod asks of anything with a length, and which throw where that is an object.
const layers = z
  .array(z.unknown(), 'a list of layers')
  .refine(({ length }) => length >= 1 && length <= MAX_LAYERS, `1 to ${MAX_LAYERS} layers`);

/** The network around its layers, which are checked one by one. */
export const outlineSchema = z.strictObject({
  name: z.string('a name').regex(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u, 'a name of 1 to 64 printable characters'),
  input: z.tuple([whole(MAX_SIDE), whole(MAX_SIDE), whole(MAX_FILTERS)], '[height, width, channels]'),
  encoder: layers,
  decoder: layers,
});
