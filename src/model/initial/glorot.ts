import { uniform } from '../../random.js';
import type { Network, NetworkLayer } from '../architecture.js';
import type { NamedTensors } from '../engine.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { layerTensors } from './layerTensors.js';

/**
 * Uniform in ± √(6 / (fan in + fan out)).
 * @see Glorot and Bengio (2010), https://proceedings.mlr.press/v9/glorot10a.html, Keras's default for weights
 */
export function glorot({ encoder, decoder }: Network, seed: number): NamedTensors {
  return new Map([...encoder, ...decoder].flatMap((layer) => layerTensors(layer, seed, draw)));
}

/** Of a tensor the first two sides are channels, whatever comes after them is the kernel. */
function draw(_: NetworkLayer, { shape }: WeightSpec, seed: number): Float32Array {
  const [first = 1, second = 1, ...kernel] = shape;
  const bound = Math.sqrt(6 / ((first + second) * shapeSize(kernel)));
  const next = uniform(seed);
  return Float32Array.from({ length: shapeSize(shape) }, () => bound * (2 * next() - 1));
}
