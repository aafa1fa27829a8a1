import type { RunConfig } from './config.js';

/** Samples of a whole run: enough for a film, few enough to be kept; 500 steps apart in the notebook's run. */
const SAMPLES = 180;
/** Steps: as far apart as samples are in a run of unknown length. */
const MOST_STEPS = 500;

/**
 * Steps between samples where nobody says it: a function of how many steps are planned, so that a run of few steps has a film as well, and
 * the same configuration the same events.
 *
 * @param stepsPerEpoch `undefined` where the data does not say
 */
export function sampleInterval(
  { sampleEvery, epochs = 1 }: Pick<RunConfig, 'sampleEvery' | 'epochs'>,
  stepsPerEpoch: number | undefined,
): number {
  if (sampleEvery !== undefined) return sampleEvery;
  if (stepsPerEpoch === undefined) return MOST_STEPS;
  return Math.min(MOST_STEPS, Math.max(1, Math.floor((epochs * stepsPerEpoch) / SAMPLES)));
}
