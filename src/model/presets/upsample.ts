import type { Layer } from '../layers/layers.js';
import { convolution, notebookEncoder, type PresetLayers } from './halves.js';

const double: Layer = { type: 'upSampling2d', size: 2 };

/** The notebook's encoder; resizing and convolution in the decoder, against checkerboard artifacts. */
export const upsample: PresetLayers = ([, , channels]) => ({
  encoder: notebookEncoder,
  decoder: [double, convolution(16, 'relu'), double, convolution(channels, 'sigmoid')],
});
