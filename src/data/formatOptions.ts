// Which options of reading are for which data: one that would change nothing is refused, never passed over.
import { OptionError } from '../errors.js';

export type FormatOption = 'layout' | 'shape' | 'transpose' | 'resize' | 'fit' | 'channels';

/** Of arrays of numbers. */
export const ARRAY_OPTIONS = ['layout', 'shape', 'transpose'] as const satisfies readonly FormatOption[];
/** Of rows of values, and of images whose shape can only be confirmed. */
export const SHAPE_OPTIONS = ['shape', 'transpose'] as const satisfies readonly FormatOption[];
/** Of images that are files of their own. */
export const PHOTO_OPTIONS = ['resize', 'fit', 'channels', 'transpose'] as const satisfies readonly FormatOption[];

const FOR_PHOTOS =
  'It is for images in files of their own, a folder or a tar archive of them, and in Parquet: leave it out.';

/** What to do where an option is for other data. */
const ADVICE: Readonly<Record<FormatOption, string>> = {
  layout: 'It is for arrays, IDX, .npy and .npz: leave it out.',
  shape: 'It is for raw frames and rows of values: leave it out, or bring photos to one size with resize.',
  transpose: 'It is for data that are named by a path: transpose the data set with its map.',
  resize: FOR_PHOTOS,
  fit: FOR_PHOTOS,
  channels: FOR_PHOTOS,
};

/** @param what the data are @param taken what their format takes @throws OptionError for the first option that it does not take */
export function refuseOptions(
  what: string,
  taken: readonly FormatOption[],
  options: { readonly [Option in FormatOption]?: unknown },
): void {
  for (const option of Object.keys(ADVICE) as FormatOption[]) {
    const value = options[option];
    if (value === undefined || value === false || taken.includes(option)) continue;
    const shown = Array.isArray(value) ? value.join('×') : value;
    throw new OptionError(option, shown, `nothing with ${what}`, ADVICE[option]);
  }
}
