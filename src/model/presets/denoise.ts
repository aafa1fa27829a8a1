import { convolution, type PresetLayers, pool, transposed } from './halves.js';

/** Deeper and wider, for noisy input; made for 28×28, of which three poolings leave 3×3. */
export const denoise: PresetLayers = ([, , channels]) => ({
  encoder: [convolution(32, 'relu'), pool, convolution(16, 'relu'), pool, convolution(8, 'relu'), pool],
  decoder: [
    transposed(8, 3, 'relu'),
    transposed(16, 2, 'relu'),
    transposed(32, 2, 'relu'),
    convolution(channels, 'sigmoid'),
  ],
});
