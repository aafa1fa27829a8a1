import { gaussian } from '../../random.js';
import type { Activation } from '../activations.js';
import type { Network, NetworkLayer } from '../architecture.js';
import type { NamedTensors } from '../engine.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { activationOf, connectionsOf } from '../layers/layers.js';
import { darkenDecoder } from './darkenDecoder.js';
import { layerTensors } from './layerTensors.js';
import { mayLoseLatents } from './mayLoseLatents.js';

/** What lets about half of its values through: the variance that is lost comes in again. */
const HALVING: ReadonlySet<Activation | undefined> = new Set(['relu', 'leakyRelu', 'elu', 'gelu', 'silu']);
/** So far above zero that no latent is lost before black is learnt: what a latent begins with varies by about one. */
const LATENT_BIAS = 2;

/**
 * Normal, of the variance 2 / fan in before a relu and its like, 1 / fan in elsewhere.
 *
 * A network that ends in a sigmoid begins with grey where most images are black, and while it learns black, what brightens is switched
 * off. A latent channel of a relu that goes then does not come back, and the network ends with fewer channels than it has. So where
 * that may be, every channel of the decoder begins with darkening, and the latents with a bias of 2.
 * @see He, Zhang, Ren and Sun (2015), https://arxiv.org/abs/1502.01852
 */
export function he(network: Network, seed: number): NamedTensors {
  const layers = [...network.encoder, ...network.decoder];
  const tensors = new Map(layers.flatMap((layer) => layerTensors(layer, seed, draw)));
  if (mayLoseLatents(network)) {
    openLatents(network, tensors);
    darkenDecoder(network, tensors);
  }
  return tensors;
}

function draw({ layer, inputShape }: NetworkLayer, { shape }: WeightSpec, seed: number): Float32Array {
  const gain = HALVING.has(activationOf(layer)) ? 2 : 1;
  const fanIn = connectionsOf(layer, inputShape)?.fanIn ?? 1;
  const deviation = Math.sqrt(gain / fanIn);
  const next = gaussian(seed);
  return Float32Array.from({ length: shapeSize(shape) }, () => deviation * next());
}

function openLatents({ encoder }: Network, tensors: NamedTensors): void {
  const [, bias] = encoder.findLast(({ weights }) => weights.length > 0)?.weights ?? [];
  if (bias !== undefined) tensors.get(bias.name)!.data.fill(LATENT_BIAS);
}
