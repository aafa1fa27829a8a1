import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import { writeFolderAtomically } from '../../../files/writeFolderAtomically.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { eachPiece, type SaveOptions } from './eachPiece.js';

/**
 * Saves images as PNGs in a folder: `train/` and `test/` where there are two parts, a folder for each label where there are labels, as
 * ImageFolder reads them. It is written beside and renamed, so that it is there as a whole or not at all.
 * @throws FileError where there is one with something in it, or it cannot be written; DataError `DATA_SHAPE`
 */
export async function saveImageFolder(images: DatasetPair, path: string, options: SaveOptions): Promise<void> {
  const { train, test } = images;
  await writeFolderAtomically(path, async (folder) => {
    if (test === undefined) return savePart(train, folder, options);
    await savePart(train, join(folder, 'train'), options);
    await savePart(test, join(folder, 'test'), options);
  });
}

async function savePart(dataset: Dataset, folder: string, options: SaveOptions): Promise<void> {
  const [height, width, channels] = dataset.shape;
  if (channels > 4) throw noPng(dataset);
  // Every command would pay for it at its start.
  const { encode } = await import('fast-png');
  const { labels, items } = dataset;
  const digits = String(items - 1).length;
  const folderOf = (index: number): string => (labels === undefined ? folder : join(folder, String(labels[index])));
  await mkdir(folder, { recursive: true });
  for (const label of new Set(labels)) await mkdir(join(folder, String(label)));
  await eachPiece(dataset, options, async (pixels, from) => {
    const size = height * width * channels;
    for (let at = 0; at < pixels.length / size; at++) {
      options.signal?.throwIfAborted();
      const data = pixels.slice(at * size, (at + 1) * size);
      const name = `${String(from + at).padStart(digits, '0')}.png`;
      await writeFile(join(folderOf(from + at), name), encode({ width, height, channels, data }));
    }
  });
}

function noPng({ name, shape }: Dataset): DataError {
  return new DataError({
    code: 'DATA_SHAPE',
    problem: name,
    expected: 'images of 1 to 4 channels, which a PNG can hold',
    actual: `${shape[2]} channels`,
    advice: 'Save them as .npy instead.',
  });
}
