import { wrongChoice } from '../options.js';
import type { Network } from './architecture.js';
import type { NamedTensors } from './engine.js';
import { glorot } from './initial/glorot.js';
import { he } from './initial/he.js';
import { mayLoseLatents } from './initial/mayLoseLatents.js';

/** What `--initial` takes. */
export const INITIALS = ['he', 'glorot'] as const;
export type InitialName = (typeof INITIALS)[number];

/** `he` where a relu holds the latents, nothing leads past them and a sigmoid ends the network; `glorot` elsewhere, which was measured to begin as fast or faster there. */
export function defaultInitial(network: Network): InitialName {
  return mayLoseLatents(network) ? 'he' : 'glorot';
}

/** What runs had before there was a choice. */
export const INITIAL_OF_BEFORE = 'glorot' satisfies InitialName;

const initials: Readonly<Record<InitialName, (network: Network, seed: number) => NamedTensors>> = {
  he,
  glorot,
};

/**
 * Weights to begin with.
 *
 * - `he`: normal, of the variance 2 / fan in before a relu and 1 / fan in elsewhere; biases 0.1 before a relu and 0 elsewhere. Where a relu holds the latents, nothing
 *   leads past them and a sigmoid ends the network, the latents' biases are 2, and signs in the decoder are such that every channel darkens.
 * - `glorot`: uniform in ± √(6 / (fan in + fan out)), Keras's default; the same biases, but for the latents'.
 *
 * A function of network and seed alone: the same bits in every engine, on any number of threads.
 * @param initial how they are drawn. @default 'he' for networks of that kind, 'glorot' for others
 * @throws OptionError for an `initial` that does not exist
 *
 * @example
 * const weights = initialWeights(checkArchitecture(preset('transpose', [28, 28, 1])), 1);
 * console.log(weights.get('encoder.0.weight').shape); // [ 16, 1, 3, 3 ]
 */
export function initialWeights(
  network: Network,
  seed: number,
  initial: InitialName = defaultInitial(network),
): NamedTensors {
  if (!INITIALS.includes(initial)) throw wrongChoice('initial', initial, INITIALS);
  return initials[initial](network, seed);
}
