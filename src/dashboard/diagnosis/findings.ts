// The diagnosis: what is wrong with a run, the most urgent first. It is empty when nothing is.
import type { EpochEvent, StatsEvent } from '../../events/schema.js';
import type { Trend } from '../history/trend.js';
import { deadUnits, type Latents } from './deadUnits.js';
import { divergence } from './divergence.js';
import type { Finding } from './finding.js';
import { inputBound } from './inputBound.js';
import { notFinite } from './notFinite.js';
import { overfitting } from './overfitting.js';
import { plateau } from './plateau.js';

/** What the rules look at. */
export interface Symptoms {
  readonly trend: Trend;
  readonly learningRate: number | undefined;
  readonly epochs: readonly EpochEvent[];
  /** Of the newest sample, where it has them. */
  readonly latents: Latents | undefined;
  /** The last readings, oldest first. */
  readonly stats: readonly StatsEvent[];
}

export function findings({ trend, learningRate, epochs, latents, stats }: Symptoms): Finding[] {
  const rules = [
    notFinite(trend, learningRate),
    divergence(trend),
    overfitting(epochs),
    plateau(epochs),
    latents && deadUnits(latents),
    inputBound(stats),
  ];
  return rules.filter((finding) => finding !== undefined);
}
