import { doubledImages, halvedImages } from './denseLatent.js';
import type { PresetLayers } from './halves.js';

/** A small latent, 32 values: better pictures than from the notebook's 196. 41,849 parameters at 28×28×1. */
export const deep: PresetLayers = (input) => ({
  encoder: [...halvedImages(input), { type: 'dense', units: 32 }],
  decoder: doubledImages(input),
});
