import { basename, resolve } from 'node:path';
import { DatasetError, IdxError } from '../../../errors.js';
import type { DatasetIdentity } from '../../dataset/imageDataset.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { labelledImages } from './labelledImages.js';
import type { OpenOptions } from './openImages.js';
import { STANDARD_NAMES, type StandardFile, type StandardPaths, standardFiles } from './standardNames.js';

/**
 * The data set in a folder with MNIST's file names, `-idx3-ubyte` or `.idx3-ubyte`, raw before `.gz`. Labels and the test
 * set may be missing.
 *
 * @throws DatasetError `DATASET_NOT_FOUND` without training images, `DATASET_CACHE`; IdxError every code of a single file,
 * `IDX_COUNT_MISMATCH`, `IDX_UNSUITABLE` where the test images have another shape
 *
 * @example
 * const path = `${place}/train-images-idx3-ubyte`;
 * await lastValueFrom(pipeline([encodeIdx([3, 4, 4], new Uint8Array(48))], toWritable(createWriteStream(path))));
 * const { train: images, test } = await folder(place);
 * console.log(images.items, test); // 3 undefined
 */
export async function folder(path: string, options: OpenOptions = {}): Promise<DatasetPair> {
  const files = requireFiles(path, await standardFiles(path), ['trainImages']);
  const identity = identityOf(path);
  const train = await labelledImages({ images: files.trainImages, labels: files.trainLabels }, identity, options);
  if (files.testImages === undefined) return { train };
  const test = await labelledImages({ images: files.testImages, labels: files.testLabels }, identity, options);
  requireSameShape(train, test, files.testImages);
  return { train, test };
}

/**
 * The test set alone.
 * @throws as `folder`, `DATASET_NOT_FOUND` without test images
 */
export async function testFolder(path: string, options: OpenOptions = {}): Promise<Dataset> {
  const files = requireFiles(path, await standardFiles(path), ['testImages']);
  return labelledImages({ images: files.testImages, labels: files.testLabels }, identityOf(path), options);
}

/** @throws DatasetError `DATASET_NOT_FOUND` that names what is missing */
export function requireFiles<Needed extends StandardFile>(
  path: string,
  files: StandardPaths,
  needed: readonly Needed[],
): StandardPaths & { readonly [file in Needed]: string } {
  const missing = needed.filter((file) => files[file] === undefined);
  if (missing.length === 0) return files as StandardPaths & { readonly [file in Needed]: string };
  throw new DatasetError({
    code: 'DATASET_NOT_FOUND',
    path,
    expected: missing.map((file) => STANDARD_NAMES[file]).join(', '),
    actual: 'no such file in this folder',
    advice: "Give the files MNIST's names (raw or .gz), or give one IDX file instead of the folder.",
  });
}

/** @throws IdxError `IDX_UNSUITABLE` */
export function requireSameShape(train: Pick<Dataset, 'shape'>, test: Pick<Dataset, 'shape'>, path: string): void {
  if (train.shape.join() === test.shape.join()) return;
  throw new IdxError({
    code: 'IDX_UNSUITABLE',
    path,
    expected: `test images of ${train.shape.join('×')}, as the training images`,
    actual: test.shape.join('×'),
    advice: 'Give a test set that belongs to the training set.',
  });
}

function identityOf(path: string): DatasetIdentity {
  return { name: basename(resolve(path)), source: path, sample: false };
}
