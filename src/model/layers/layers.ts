// The layers that there are. One more is a file beside these, a line here, and an entry in each engine's table.
import type { Activation } from '../activations.js';
import { activityRegularization } from './activityRegularization.js';
import { add } from './add.js';
import { averagePooling2d } from './averagePooling2d.js';
import { batchNormalization } from './batchNormalization.js';
import { concatenate } from './concatenate.js';
import { conv2d } from './conv2d.js';
import { conv2dTranspose } from './conv2dTranspose.js';
import { cropping2d } from './cropping2d.js';
import type { Connections } from './definition/connections.js';
import type { LayerDefinition, LayerOfSchema, LayerSchema, WeightSpec } from './definition/layerDefinition.js';
import { MAX_VALUES } from './definition/layerKeys.js';
import { formatShape, type LayerPlace, type LayerShape, shapeError, shapeSize } from './definition/layerShape.js';
import type { Penalty } from './definition/penalty.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { gaussianNoise } from './gaussianNoise.js';
import { globalAveragePooling2d } from './globalAveragePooling2d.js';
import { maxPooling2d } from './maxPooling2d.js';
import { reshape } from './reshape.js';
import { upSampling2d } from './upSampling2d.js';
import { variational } from './variational.js';
import { zeroPadding2d } from './zeroPadding2d.js';

export const layers = {
  conv2d,
  conv2dTranspose,
  maxPooling2d,
  averagePooling2d,
  upSampling2d,
  flatten,
  dense,
  reshape,
  dropout,
  gaussianNoise,
  zeroPadding2d,
  cropping2d,
  globalAveragePooling2d,
  batchNormalization,
  add,
  concatenate,
  variational,
  activityRegularization,
} as const;

export type LayerType = keyof typeof layers;

/** A layer of one type, as JSON says it. */
export type LayerOf<Type extends LayerType> = LayerOfSchema<(typeof layers)[Type]['schema']>;

export type Layer = { [Type in LayerType]: LayerOf<Type> }[LayerType];

/** Whether there is a layer type of that name. */
export function isLayerType(type: unknown): type is LayerType {
  return typeof type === 'string' && Object.hasOwn(layers, type);
}

/**
 * The shape of a layer's output.
 * @throws ArchitectureError `ARCHITECTURE_SHAPE` when the layer cannot take such an input, or its output has over 2²⁴ values
 */
export function outputShape(layer: Layer, input: LayerShape, place: LayerPlace): LayerShape {
  const output = definitionOf(layer).outputShape(layer, input, place);
  if (shapeSize(output) > MAX_VALUES)
    throw shapeError(layer, place, {
      problem: `${formatShape(input)} → ${formatShape(output)}`,
      expected: `at most ${MAX_VALUES} values for each image`,
      actual: String(shapeSize(output)),
      advice: 'Use fewer filters or units, smaller images, or pool before this layer.',
    });
  return output;
}

/** The tensors of the layer called `name` (e.g. `encoder.0`), which they are named after. */
export function layerWeights(layer: Layer, name: string, input: LayerShape): readonly WeightSpec[] {
  const tensors = definitionOf(layer).weights?.(layer, input) ?? [];
  return tensors.map((tensor) => ({ ...tensor, name: `${name}.${tensor.name}` }));
}

/** What the layer adds to the loss, if it does. @param imageValues of the network's input */
export function layerPenalty(layer: Layer, imageValues: number): Penalty | undefined {
  return definitionOf(layer).penalty?.(layer, imageValues);
}

/** How the layer's `weight` ties outputs to inputs; nothing where it has none that sums. */
export function connectionsOf(layer: Layer, input: LayerShape): Connections | undefined {
  return definitionOf(layer).connections?.(layer, input);
}

/** What follows the layer's sums, also where it is not said; nothing where the layer has no such thing. */
export function activationOf(layer: Layer): Activation | undefined {
  if (!('activation' in definitionOf(layer).schema.shape)) return undefined;
  return (layer as { readonly activation?: Activation | undefined }).activation ?? 'linear';
}

/** The earlier layer whose output this one reads beside its input; `undefined` of most. */
export function skippedName(layer: Layer): string | undefined {
  return 'from' in layer ? layer.from : undefined;
}

function definitionOf({ type }: Layer): LayerDefinition<LayerSchema> {
  // Each fits the layers of its own type, which TypeScript cannot tell of a table.
  return layers[type] as unknown as LayerDefinition<LayerSchema>;
}
