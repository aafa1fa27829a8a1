import { type ImageShape, imageSize } from '../../../data/batch.js';
import { writePng } from '../../../data/node/save/writePng.js';
import type { PictureBatch } from '../../pictureBatch.js';
import { type SheetImage, type SheetOptions, sheetOf } from '../../sheet.js';
import { requirePng } from './writeImageFolder.js';

/** As many images as a sheet has at most, and values: what is larger no viewer shows. */
const MOST_IMAGES = 100;
const MOST_VALUES = 2 ** 24;

/**
 * Writes the first images into one PNG, with what went in above them where that is known. What follows is not asked for.
 * @returns how many there are
 * @throws FileError; DataError `DATA_SHAPE` for images of more than four channels; what the batches throw
 */
export async function writeSheet(
  path: string,
  shape: ImageShape,
  batches: AsyncIterable<PictureBatch>,
  options: SheetOptions = {},
): Promise<number> {
  requirePng(path, shape);
  const size = imageSize(shape);
  const most = Math.max(1, Math.min(MOST_IMAGES, Math.floor(MOST_VALUES / size)));
  const images: SheetImage[] = [];
  for await (const { reconstruction, pixels, length } of batches) {
    const taken = Math.min(length, most - images.length);
    for (let item = 0; item < taken; item++) {
      const part = <Values extends Uint8Array | Float32Array>(values: Values): Values =>
        values.slice(item * size, (item + 1) * size) as Values;
      images.push({ reconstruction: part(reconstruction), ...(pixels !== undefined && { input: part(pixels) }) });
    }
    if (images.length >= most) break;
  }
  const sheet = sheetOf(images, shape, options);
  await writePng(path, sheet.pixels, sheet.shape);
  return images.length;
}
