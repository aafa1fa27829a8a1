// What images are written as, told by the name of where they go.
import { type SaveTarget, saveTarget } from '../../../data/node/save/saveTarget.js';
import { OptionError } from '../../../errors.js';

export type ImageTarget = SaveTarget | { readonly format: 'sheet' | 'stdout'; readonly path: string };

/** @throws OptionError where the name tells nothing */
export function imageTarget(output: string): ImageTarget {
  if (output === '-') return { format: 'stdout', path: '-' };
  if (/\.png$/i.test(output)) return { format: 'sheet', path: output };
  try {
    return saveTarget(output);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const expected = 'a name that ends in .idx, .npy or .png, a folder with / behind it, or - for stdout';
    throw new OptionError('output', output, expected, 'Its end says what to make.');
  }
}
