// What a data set is saved as, told by the name of where it goes.
import { OptionError } from '../../../errors.js';

export type SavedFormat = 'idx' | 'npy' | 'folder';

export interface SaveTarget {
  readonly format: SavedFormat;
  readonly path: string;
  /** Where labels go, a file beside that of the images. @default a folder keeps them in the names of its folders */
  readonly labels?: string;
}

/** @throws OptionError where the name tells nothing */
export function saveTarget(path: string): SaveTarget {
  if (/[\\/]$/.test(path)) return { format: 'folder', path: path.replace(/(?<=.)[\\/]+$/, '') };
  if (/\.npy$/i.test(path)) return { format: 'npy', path, labels: path.replace(/\.npy$/i, '-labels.npy') };
  if (/[-.]idx3-ubyte$/.test(path)) return { format: 'idx', path, labels: labelsLikeMnist(path) };
  if (/[-.]idx4-ubyte$/.test(path)) return { format: 'idx', path, labels: labelsLikeMnist(path) };
  if (/\.idx$/i.test(path)) return { format: 'idx', path, labels: path.replace(/\.idx$/i, '-labels.idx') };
  throw new OptionError(
    'out',
    path,
    'a name that ends in .idx, -idx3-ubyte or .npy, or a folder with / behind it',
    'Its end says what to make.',
  );
}

/** `train-images-idx3-ubyte` has its labels in `train-labels-idx1-ubyte`. */
function labelsLikeMnist(path: string): string {
  const [, stem = '', before, separator] = /^(.*?)(images)?([-.])idx\d-ubyte$/s.exec(path) ?? [];
  return before === undefined ? `${stem}-labels${separator}idx1-ubyte` : `${stem}labels${separator}idx1-ubyte`;
}
