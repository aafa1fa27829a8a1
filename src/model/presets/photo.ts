import type { PresetLayers } from './halves.js';

/**
 * For colour photographs of 32×32 to 128×128: convolutions with strides instead of pooling, so that no position is lost, elu, and a
 * latent without activation that keeps a quarter of a colour image's values. docs/RESULTS.md compares it with the usual one.
 */
export const photo: PresetLayers = ([, , channels]) => {
  const window = { kernelSize: 4, strides: 2, padding: 'same' } as const;
  return {
    encoder: [
      { type: 'conv2d', filters: 48, ...window, activation: 'elu' },
      { type: 'conv2d', filters: 12, ...window },
    ],
    decoder: [
      { type: 'conv2dTranspose', filters: 48, ...window, activation: 'elu' },
      { type: 'conv2dTranspose', filters: channels, ...window, activation: 'sigmoid' },
    ],
  };
};
