import type { Network } from '../architecture.js';
import { latentSkip } from '../latentSkip.js';
import { activationOf } from '../layers/layers.js';

/**
 * Whether latent channels may die while the network learns black, and take a part of every image with them: a relu holds the latents,
 * nothing leads past them, and the output is a sigmoid's, which begins with grey.
 */
export function mayLoseLatents(network: Network): boolean {
  const last = (half: Network['encoder']) => half.flatMap(({ layer }) => activationOf(layer) ?? []).at(-1);
  return last(network.encoder) === 'relu' && last(network.decoder) === 'sigmoid' && latentSkip(network) === undefined;
}
