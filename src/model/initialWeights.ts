import { wrongChoice } from '../options.js';
import type { Network } from './architecture.js';
import type { NamedTensors } from './engine.js';
import { glorot } from './initial/glorot.js';
import { orthogonal } from './initial/orthogonal.js';

/** What `--initial` takes; the default comes first. */
export const INITIALS = ['orthogonal', 'glorot'] as const;
export type InitialName = (typeof INITIALS)[number];

/** What runs had before there was a choice. */
export const INITIAL_OF_BEFORE = 'glorot' satisfies InitialName;

const initials: Readonly<Record<InitialName, (network: Network, seed: number) => NamedTensors>> = {
  orthogonal,
  glorot,
};

/**
 * Weights to begin with.
 *
 * - `orthogonal`: orthogonal filters at He's scale, biases 0.1 before a relu and 0 elsewhere. Where a network ends in a sigmoid, its latents' biases are
 *   1 (with relu), and signs in its decoder are such that every channel darkens.
 * - `glorot`: uniform in ± √(6 / (fan in + fan out)), Keras's default; the same biases, but for the latents'.
 *
 * A function of network and seed alone: the same bits in every engine, on any number of threads.
 * @param initial how they are drawn. @default 'orthogonal'
 * @throws OptionError for an `initial` that does not exist
 *
 * @example
 * const weights = initialWeights(checkArchitecture(preset('transpose', [28, 28, 1])), 1);
 * console.log(weights.get('encoder.0.weight').shape); // [ 16, 1, 3, 3 ]
 */
export function initialWeights(network: Network, seed: number, initial: InitialName = INITIALS[0]): NamedTensors {
  if (!INITIALS.includes(initial)) throw wrongChoice('initial', initial, INITIALS);
  return initials[initial](network, seed);
}
