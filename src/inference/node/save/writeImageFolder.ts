import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageShape, imageSize } from '../../../data/batch.js';
import { DataError } from '../../../errors.js';
import { writeFolderAtomically } from '../../../files/writeFolderAtomically.js';
import { type PictureBatch, toBytes } from '../../pictureBatch.js';

/** Digits in the names of images whose number is not known: names sort as the images come. */
const DIGITS = 8;

/**
 * Writes images as PNGs of a new folder, in a folder for each label where there are labels, as `data convert` does.
 * @param items how many there will be, for their names. @default eight digits
 * @throws FileError; DataError `DATA_SHAPE` for images of more than four channels; what the batches throw
 */
export async function writeImageFolder(
  path: string,
  shape: ImageShape,
  batches: AsyncIterable<PictureBatch>,
  items?: number,
): Promise<readonly string[]> {
  const [height, width, channels] = shape;
  requirePng(path, shape);
  // Every command would pay for it at its start.
  const { encode } = await import('fast-png');
  const digits = items === undefined ? DIGITS : String(items - 1).length;
  const size = imageSize(shape);
  await writeFolderAtomically(path, async (folder) => {
    const made = new Set<string>();
    let index = 0;
    for await (const { reconstruction, length, labels } of batches) {
      const pixels = toBytes(reconstruction);
      for (let item = 0; item < length; item++, index++) {
        const inside = labels === undefined ? folder : join(folder, String(labels[item]));
        if (!made.has(inside)) await mkdir(inside, { recursive: true });
        made.add(inside);
        const data = pixels.slice(item * size, (item + 1) * size);
        const name = `${String(index).padStart(digits, '0')}.png`;
        await writeFile(join(inside, name), encode({ width, height, channels, data }));
      }
    }
  });
  return [path];
}

/** @throws DataError `DATA_SHAPE` */
export function requirePng(path: string, shape: ImageShape, most = 4): void {
  if (shape[2] <= most) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    expected: `images of 1 to ${most} channels, which a PNG can hold`,
    actual: `${shape[2]} channels`,
    advice: 'Save them as .npy instead.',
  });
}
