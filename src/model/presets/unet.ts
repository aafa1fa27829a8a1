import type { Layer } from '../layers/layers.js';
import { convolution, type PresetLayers, pool, transposed } from './halves.js';

/** A small U-Net, whose skip connections carry detail past the latent. */
export const unet: PresetLayers = ([, , channels]) => ({
  encoder: [convolution(8, 'relu'), pool, convolution(16, 'relu'), pool, convolution(16, 'relu')],
  decoder: [
    transposed(16, 2, 'relu'),
    concatenate('encoder.2'),
    convolution(16, 'relu'),
    transposed(8, 2, 'relu'),
    concatenate('encoder.0'),
    convolution(8, 'relu'),
    // As in the paper. From noisy images 1 seed of 12 learns nothing but black, with kernels of three 1 of 6.
    { type: 'conv2d', filters: channels, kernelSize: 1, activation: 'sigmoid' },
  ],
});

function concatenate(from: string): Layer {
  return { type: 'concatenate', from };
}
