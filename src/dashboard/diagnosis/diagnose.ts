import type { DashboardState } from '../state.js';
import type { Latents } from './deadUnits.js';
import type { Finding } from './finding.js';
import { findings } from './findings.js';

/** What the diagnosis of a run finds as it stands now, the most urgent first. */
export function diagnose(state: DashboardState): Finding[] {
  return findings({ ...state, latents: latentsOf(state) });
}

/** Of the newest sample, where all of its images have one. */
function latentsOf({ sample }: DashboardState): Latents | undefined {
  if (sample?.latentShape === undefined) return undefined;
  const images = sample.images.flatMap(({ latent }) => (latent === undefined ? [] : [latent.values]));
  return images.length === sample.images.length ? { step: sample.step, shape: sample.latentShape, images } : undefined;
}
