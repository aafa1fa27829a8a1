// The presets that there are. One more is a file beside these and a line here.
import { ArchitectureError } from '../../errors.js';
import { didYouMean } from '../../text/didYouMean.js';
import { quote } from '../../text/quote.js';
import type { Architecture } from '../architecture.js';
import { deep } from './deep.js';
import { denoise } from './denoise.js';
import { fitImages } from './fitImages.js';
import type { PresetLayers } from './halves.js';
import { photo } from './photo.js';
import { transpose } from './transpose.js';
import { unet } from './unet.js';
import { upsample } from './upsample.js';
import { variational } from './variational.js';

/** What `--architecture` takes by name. */
export const PRESETS = ['transpose', 'upsample', 'denoise', 'unet', 'photo', 'deep', 'variational'] as const;
export type PresetName = (typeof PRESETS)[number];

const presets: Record<PresetName, PresetLayers> = { transpose, upsample, denoise, unet, photo, deep, variational };

/**
 * A preset for images of this shape: an architecture like any other, to be checked like any other.
 *
 * - `transpose`: the reference notebook's network, 1,077 parameters at 28×28×1.
 * - `upsample`: the same encoder; resizing and convolution in the decoder, against checkerboard artifacts. 1,477.
 * - `denoise`: a deeper and wider one, for noisy input. 9,585.
 * - `unet`: a small U-Net (https://arxiv.org/abs/1505.04597), whose skip connections carry detail past the latent: sharp, and good at denoising. 10,921.
 * - `photo`: for colour images of 32×32 to 128×128. 20,077.
 * - `deep`: a latent of 32 values. 41,849.
 * - `variational`: a latent of 16 values that new images can be drawn from. 35,577.
 *
 * Any height and width will do: where the output would have others, a `zeroPadding2d` begins the encoder and a `cropping2d` ends
 * the decoder.
 * @param input `[height, width, channels]` of the images
 * @throws ArchitectureError `ARCHITECTURE_PRESET` for any other name
 *
 * @example
 * const { name, input, encoder } = preset('upsample', [28, 28, 1]);
 * console.log(name, input, encoder[0].type); // upsample [ 28, 28, 1 ] conv2d
 * console.log(preset('upsample', [29, 28, 1]).decoder.at(-1)); // { type: 'cropping2d', cropping: [ [ 1, 2 ], [ 0, 0 ] ] }
 */
export function preset(name: string, input: Architecture['input']): Architecture {
  if (!isPresetName(name)) throw unknownPreset(name);
  return { name, input, ...fitImages(presets[name], input) };
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
