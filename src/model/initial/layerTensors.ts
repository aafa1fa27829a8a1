import { hash } from '../../random.js';
import type { NetworkLayer } from '../architecture.js';
import type { Tensor } from '../engine.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { activationOf } from '../layers/layers.js';

/** So that no unit of a relu begins where nothing reaches it: with 0 some networks of the presets learn nothing but black. */
const RELU_BIAS = 0.1;

/** The values of a layer's `weight`. @param seed of this tensor alone */
export type DrawWeight = (layer: NetworkLayer, weight: WeightSpec, seed: number) => Float32Array;

/** A layer's tensors by name: what its type says they begin with, or weights as drawn, biases 0.1 before a relu and 0 elsewhere. */
export function layerTensors(layer: NetworkLayer, seed: number, draw: DrawWeight): readonly [string, Tensor][] {
  if (layer.weights.some(({ initial }) => initial !== undefined)) return layer.weights.map(filled);
  const [weight, bias] = layer.weights;
  if (weight === undefined) return [];
  const weightSeed = hash(seed, ...new TextEncoder().encode(weight.name));
  const drawn: [string, Tensor] = [weight.name, { shape: weight.shape, data: draw(layer, weight, weightSeed) }];
  if (bias === undefined) return [drawn];
  const value = activationOf(layer.layer) === 'relu' ? RELU_BIAS : 0;
  return [drawn, [bias.name, { shape: bias.shape, data: new Float32Array(bias.shape[0]!).fill(value) }]];
}

function filled({ name, shape, initial = 0 }: WeightSpec): [string, Tensor] {
  return [name, { shape, data: new Float32Array(shapeSize(shape)).fill(initial) }];
}
