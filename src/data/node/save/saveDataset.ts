import { writeAtomically } from '../../../files/writeAtomically.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { encodeIdxHeader } from '../../idx/encoder.js';
import { encodeNpyHeader } from '../../npy/encoder.js';
import { eachPiece, type SaveOptions } from './eachPiece.js';
import { saveImageFolder } from './saveImageFolder.js';
import { type SavedFormat, saveTarget } from './saveTarget.js';

/**
 * Saves images, and labels beside them where there are any, in the format that the path's name says: `.idx`, `-idx3-ubyte`, `.npy`, or a folder of
 * PNGs with `/` behind it. A file holds the training images alone, a folder both parts. What is there is replaced as a whole or not at all; a folder
 * has to be new or empty.
 * @returns the paths that were written
 * @throws OptionError for another name; FileError where it cannot be written; DataError `DATA_SHAPE` for images that are no PNGs
 */
export async function saveDataset(images: DatasetPair, path: string, options: SaveOptions = {}): Promise<string[]> {
  const target = saveTarget(path);
  if (target.format === 'folder') {
    await saveImageFolder(images, target.path, options);
    return [target.path];
  }
  const { train } = images;
  const { labels, format } = target;
  await saveImages(train, target.path, format, options);
  if (train.labels === undefined || labels === undefined) return [target.path];
  await saveLabels(train.labels, labels, format);
  return [target.path, labels];
}

async function saveImages(dataset: Dataset, path: string, format: SavedFormat, options: SaveOptions): Promise<void> {
  const { items, shape } = dataset;
  const [height, width, channels] = shape;
  await writeAtomically(path, async (file) => {
    await file.appendFile(header(format, channels === 1 ? [items, height, width] : [items, height, width, channels]));
    await eachPiece(dataset, options, (pixels) => file.appendFile(pixels));
  });
}

function saveLabels(labels: Uint8Array, path: string, format: SavedFormat): Promise<void> {
  return writeAtomically(path, async (file) => {
    await file.appendFile(header(format, [labels.length]));
    await file.appendFile(labels);
  });
}

function header(format: SavedFormat, shape: readonly number[]): Uint8Array {
  return format === 'npy' ? encodeNpyHeader('uint8', shape) : encodeIdxHeader('uint8', shape);
}
