import { hash, uniform } from '../random.js';
import { type CheckedArchitecture, type WeightSpec, weightSpecs } from './architecture.js';
import type { NamedTensors, Tensor } from './engine.js';

/**
 * Weights to begin with, from PyTorch's default distribution: weights and biases uniform in ± 1 / √fanIn.
 *
 * Every tensor is a function of (seed, its name) alone: a change elsewhere in the network leaves it as it is.
 * @see torch.nn.modules.conv._ConvNd.reset_parameters (kaiming_uniform_ with a = √5)
 */
export function initialWeights(network: CheckedArchitecture, seed: number): NamedTensors {
  return new Map(weightSpecs(network).map((spec) => [spec.name, initialTensor(spec, seed)]));
}

function initialTensor({ name, shape, fanIn }: WeightSpec, seed: number): Tensor {
  const next = uniform(hash(seed, ...Buffer.from(name)));
  const bound = 1 / Math.sqrt(fanIn);
  const size = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float32Array.from({ length: size }, () => bound * (2 * next() - 1)) };
}
