import { doubledImages, halvedImages } from './denseLatent.js';
import type { PresetLayers } from './halves.js';

const LATENTS = 16;

/** A variational latent of 16 values, which new images can be drawn from. 35,577 parameters at 28×28×1. */
export const variational: PresetLayers = (input) => ({
  encoder: [...halvedImages(input), { type: 'dense', units: 2 * LATENTS }, { type: 'variational', klWarmUp: 1000 }],
  decoder: doubledImages(input),
});
