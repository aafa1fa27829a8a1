// The options of a run as it kept them, with what its version did without saying so.
import { INITIAL_OF_BEFORE } from '../model/initialWeights.js';

/** Before there was a choice, weights were drawn by `glorot`: a run of that time is repeated as it was. */
export function completed<Config extends Readonly<Record<string, unknown>>>(config: Config): Config {
  if (config.initial !== undefined || config.weights !== undefined) return config;
  return { ...config, initial: INITIAL_OF_BEFORE };
}
