import { notebookEncoder, type PresetLayers, transposed } from './halves.js';

/** The reference notebook's network. */
export const transpose: PresetLayers = ([, , channels]) => ({
  encoder: notebookEncoder,
  decoder: [transposed(16, 2, 'relu'), transposed(channels, 2, 'sigmoid')],
});
