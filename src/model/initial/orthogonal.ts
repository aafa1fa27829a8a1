import { gaussian } from '../../random.js';
import type { Network, NetworkLayer } from '../architecture.js';
import type { NamedTensors } from '../engine.js';
import { type Connections, weightAt } from '../layers/definition/connections.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { activationOf, connectionsOf } from '../layers/layers.js';
import { darkenDecoder } from './darkenDecoder.js';
import { layerTensors } from './layerTensors.js';

/** Enough that all of a latent is above zero at first, so that none can be lost before the first shapes are learnt. */
const LATENT_BIAS = 1;
/** Filters that are made orthogonal to each other, so that the widest dense layer takes no longer than a second. */
const MOST_ORTHOGONAL = 64;

/**
 * Orthogonal filters at He's scale: variance 2 / fan in before a relu, 1 / fan in elsewhere.
 *
 * A network that ends in a sigmoid begins with grey where most images are black, and while it learns black, what brightens is switched
 * off. A latent channel of a relu that goes then does not come back, and the network ends with fewer channels than it has. So
 * every channel of its decoder begins with darkening, and its latents with a bias of 1.
 * @see Saxe, McClelland and Ganguli (2014), https://arxiv.org/abs/1312.6120; He and others (2015), https://arxiv.org/abs/1502.01852
 */
export function orthogonal(network: Network, seed: number): NamedTensors {
  const layers = [...network.encoder, ...network.decoder];
  const tensors = new Map(layers.flatMap((layer) => layerTensors(layer, seed, draw)));
  if (layers.flatMap(({ layer }) => activationOf(layer) ?? []).at(-1) === 'sigmoid') {
    openLatents(network, tensors);
    darkenDecoder(network, tensors);
  }
  return tensors;
}

function openLatents({ encoder }: Network, tensors: NamedTensors): void {
  const last = encoder.findLast(({ weights }) => weights.length > 0);
  if (last !== undefined && activationOf(last.layer) === 'relu')
    tensors.get(last.weights[1]!.name)!.data.fill(LATENT_BIAS);
}

function draw({ layer, inputShape }: NetworkLayer, { shape }: WeightSpec, seed: number): Float32Array {
  const next = gaussian(seed);
  const values = Float64Array.from({ length: shapeSize(shape) }, () => next());
  const connections = connectionsOf(layer, inputShape);
  if (connections === undefined) return Float32Array.from(values);
  const length = connections.inputs * connections.taps;
  const gain = activationOf(layer) === 'relu' ? 2 : 1;
  const filters = Array.from({ length: connections.outputs }, (_, output) => filterOf(connections, output));
  const group = Math.min(length, MOST_ORTHOGONAL);
  const norm = Math.sqrt((gain * length) / connections.fanIn);
  for (let first = 0; first < filters.length; first += group)
    orthogonalise(values, filters.slice(first, first + group), norm);
  return Float32Array.from(values);
}

/** Where the weights of one output stand in the tensor. */
function filterOf(connections: Connections, output: number): Uint32Array {
  const { inputs, taps } = connections;
  return Uint32Array.from({ length: inputs * taps }, (_, place) =>
    weightAt(connections, output, Math.floor(place / taps), place % taps),
  );
}

/** Gram and Schmidt, modified: of every filter what the ones before it have is taken away, and all get one norm. */
function orthogonalise(values: Float64Array, filters: readonly Uint32Array[], norm: number): void {
  for (const [index, filter] of filters.entries()) {
    for (const before of filters.slice(0, index)) {
      const share = product(values, filter, before) / norm ** 2;
      for (const [place, at] of filter.entries()) values[at]! -= share * values[before[place]!]!;
    }
    const factor = norm / Math.sqrt(product(values, filter, filter));
    for (const at of filter) values[at]! *= factor;
  }
}

function product(values: Float64Array, one: Uint32Array, other: Uint32Array): number {
  let sum = 0;
  for (let place = 0; place < one.length; place++) sum += values[one[place]!]! * values[other[place]!]!;
  return sum;
}
