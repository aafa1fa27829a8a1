import { DataError } from '../../../errors.js';
import type { ImageShape } from '../../batch.js';
import type { OpenOptions } from '../../dataFormat.js';
import { type DatasetIdentity, ImageDataset } from '../../dataset/imageDataset.js';
import { memoryStore } from '../../dataset/imageStore.js';
import type { Dataset } from '../../dataset.js';
import { decodeImage } from '../../node/decodeImage.js';
import { digestImages } from '../../node/digestImages.js';
import { grown, MEMORY_LIMIT, requireFit } from '../../node/files/allocate.js';
import { parquetRows } from './parquetRows.js';

/**
 * The images of Parquet files, one behind the other, decoded into memory. They have labels where every row has one of 0 to 255.
 * @throws DataError `PARQUET_…`, `IMAGE_…`, `DATA_SHAPE` where sizes differ, `DATA_EMPTY`, `DATA_TOO_LARGE`
 */
export async function openParquet(
  paths: readonly string[],
  identity: DatasetIdentity,
  { signal, memoryLimit = MEMORY_LIMIT }: OpenOptions,
): Promise<Dataset> {
  let shape: ImageShape | undefined;
  let pixels = new Uint8Array(0);
  let items = 0;
  const labels: (number | undefined)[] = [];
  for (const path of paths)
    for await (const { bytes, label } of parquetRows(path, signal)) {
      const image = await decodeImage(bytes, `${path}: row ${items}`);
      shape ??= [image.height, image.width, image.channels];
      requireSame(shape, [image.height, image.width, image.channels], path, items);
      const size = image.pixels.length;
      requireFit((items + 1) * size, path, memoryLimit);
      pixels = grown(pixels, (items + 1) * size, Number.MAX_SAFE_INTEGER, path);
      pixels.set(image.pixels, items * size);
      labels.push(label);
      items += 1;
    }
  if (shape === undefined) throw noRows(identity.source);
  const store = memoryStore(pixels.slice(0, items * shape[0] * shape[1] * shape[2]), items);
  const isLabelled = labels.every((label) => label !== undefined);
  return new ImageDataset(identity, shape, store, isLabelled ? Uint8Array.from(labels) : undefined, digestImages);
}

function requireSame(first: ImageShape, shape: ImageShape, path: string, row: number): void {
  if (first.join() === shape.join()) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    problem: `row ${row}`,
    expected: `an image of ${first.join('×')}, as the first one`,
    actual: shape.join('×'),
    advice: 'Bring all images to one size and number of channels first.',
  });
}

function noRows(path: string): DataError {
  return new DataError({
    code: 'DATA_EMPTY',
    path,
    expected: 'a row at least',
    actual: 'none',
    advice: 'Give the file that holds the images.',
  });
}
