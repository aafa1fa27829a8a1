import { ArchitectureError } from '../errors.js';
import { didYouMean } from '../text/didYouMean.js';
import { quote } from '../text/quote.js';
import type { Architecture } from './architecture.js';
import { deepHalves, variationalHalves } from './latentPresets.js';
import type { Layer } from './layers/layers.js';

/** What `--architecture` takes by name. */
export const PRESETS = ['transpose', 'upsample', 'denoise', 'unet', 'deep', 'variational'] as const;
export type PresetName = (typeof PRESETS)[number];

/** `[height, width, channels]` of the images. */
type Input = Architecture['input'];

/**
 * A preset for images of this shape: an architecture like any other, to be checked like any other.
 *
 * - `transpose`: the reference notebook's network, 1,077 parameters at 28×28×1.
 * - `upsample`: the same encoder; resizing and convolution in the decoder, against checkerboard artifacts. 1,477.
 * - `denoise`: a deeper and wider one, for noisy input. 9,585.
 * - `unet`: a small U-Net (https://arxiv.org/abs/1505.04597), whose skip connections carry detail past the latent: sharp, and good at denoising. 10,921.
 * - `deep`: a latent of 32 values, for images of every size. 41,849.
 * - `variational`: a latent of 16 values that new images can be drawn from, for images of every size. 35,577.
 *
 * @throws ArchitectureError `ARCHITECTURE_PRESET` for any other name
 *
 * @example
 * const { name, input, encoder } = preset('upsample', [28, 28, 1]);
 * console.log(name, input, encoder[0].type); // upsample [ 28, 28, 1 ] conv2d
 */
export function preset(name: string, input: Input): Architecture {
  if (!isPresetName(name)) throw unknownPreset(name);
  return { name, input, ...networks[name](input) };
}

/**
 * Whether there is a preset of that name.
 *
 * @example
 * console.log(isPresetName('denoise'), isPresetName('network.json')); // true false
 */
export function isPresetName(name: string): name is PresetName {
  return (PRESETS as readonly string[]).includes(name);
}

function unknownPreset(name: string): ArchitectureError {
  return new ArchitectureError({
    code: 'ARCHITECTURE_PRESET',
    expected: `an architecture preset (${PRESETS.join(', ')}) or a .json file`,
    actual: quote(name),
    advice: didYouMean(name, PRESETS, 'Give one of these names.'),
  });
}

interface Halves {
  readonly encoder: readonly Layer[];
  readonly decoder: readonly Layer[];
}

const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };
const double: Layer = { type: 'upSampling2d', size: 2 };

function concatenate(from: string): Layer {
  return { type: 'concatenate', from };
}

function convolution(filters: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation };
}

function transposed(filters: number, kernelSize: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2dTranspose', filters, kernelSize, strides: 2, activation };
}

const notebookEncoder = [convolution(16, 'relu'), pool, convolution(4, 'relu'), pool];

const networks: Record<PresetName, (input: Input) => Halves> = {
  transpose: ([, , channels]) => ({
    encoder: notebookEncoder,
    decoder: [transposed(16, 2, 'relu'), transposed(channels, 2, 'sigmoid')],
  }),
  upsample: ([, , channels]) => ({
    encoder: notebookEncoder,
    decoder: [double, convolution(16, 'relu'), double, convolution(channels, 'sigmoid')],
  }),
  denoise: ([, , channels]) => ({
    encoder: [convolution(32, 'relu'), pool, convolution(16, 'relu'), pool, convolution(8, 'relu'), pool],
    decoder: [
      transposed(8, 3, 'relu'),
      transposed(16, 2, 'relu'),
      transposed(32, 2, 'relu'),
      convolution(channels, 'sigmoid'),
    ],
  }),
  unet: ([, , channels]) => ({
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
  }),
  deep: deepHalves,
  variational: variationalHalves,
};
