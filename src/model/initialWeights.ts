import { hash, uniform } from '../random.js';
import type { Network, NetworkLayer } from './architecture.js';
import type { NamedTensors, Tensor } from './engine.js';
import type { WeightSpec } from './layers/definition/layerDefinition.js';
import { shapeSize } from './layers/definition/layerShape.js';
import { activationOf } from './layers/layers.js';

/** So that no unit of a relu begins where nothing reaches it: with 0 some networks of the presets learn nothing but black. */
const RELU_BIAS = 0.1;

/**
 * Weights to begin with: uniform in ± √(6 / (fan in + fan out)), biases 0.1 before a relu and 0 elsewhere.
 *
 * Every tensor is a function of (seed, its name) alone: a change elsewhere in the network leaves it as it is.
 * @see Glorot and Bengio (2010), https://proceedings.mlr.press/v9/glorot10a.html, Keras's default for weights
 *
 * @example
 * const weights = initialWeights(checkArchitecture(preset('transpose', [28, 28, 1])), 1);
 * console.log(weights.get('encoder.0.weight').shape); // [ 16, 1, 3, 3 ]
 */
export function initialWeights({ encoder, decoder }: Network, seed: number): NamedTensors {
  return new Map([...encoder, ...decoder].flatMap((layer) => initialTensors(layer, seed)));
}

function initialTensors({ layer, weights }: NetworkLayer, seed: number): readonly (readonly [string, Tensor])[] {
  if (weights.some(({ initial }) => initial !== undefined)) return weights.map(filled);
  const [weight, bias] = weights;
  if (weight === undefined) return [];
  const initial = [[weight.name, initialWeight(weight, seed)]] as const;
  if (bias === undefined) return initial;
  const value = activationOf(layer) === 'relu' ? RELU_BIAS : 0;
  const biases = { shape: bias.shape, data: new Float32Array(bias.shape[0]!).fill(value) };
  return [...initial, [bias.name, biases]];
}

function filled({ name, shape, initial = 0 }: WeightSpec): readonly [string, Tensor] {
  return [name, { shape, data: new Float32Array(shapeSize(shape)).fill(initial) }];
}

/** @param spec its first two sides are channels, whatever comes after them is the kernel */
function initialWeight({ name, shape }: WeightSpec, seed: number): Tensor {
  const [first = 1, second = 1, ...kernel] = shape;
  const taps = kernel.reduce((product, side) => product * side, 1);
  const bound = Math.sqrt(6 / ((first + second) * taps));
  const next = uniform(hash(seed, ...new TextEncoder().encode(name)));
  return { shape, data: Float32Array.from({ length: first * second * taps }, () => bound * (2 * next() - 1)) };
}
