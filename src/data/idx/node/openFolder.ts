import { basename, resolve } from 'node:path';
import { DataError } from '../../../errors.js';
import { requireKnownOptions } from '../../../options.js';
import { type FolderInput, OPEN_OPTIONS, type OpenOptions } from '../../dataFormat.js';
import type { DatasetIdentity } from '../../dataset/imageDataset.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { refuseImageOptions } from '../../encodedImages/imageOptions.js';
import { openFolderInput, withFile } from '../../node/files/openInput.js';
import { requireSameShape } from '../../requireSameShape.js';
import { transposedPair } from '../../transposed.js';
import { labelledImages } from './labelledImages.js';
import { STANDARD_NAMES, type StandardFile, type StandardPaths, standardFiles } from './standardNames.js';

/**
 * The data set in a folder with MNIST's file names, `-idx3-ubyte` or `.idx3-ubyte`, raw before `.gz`. Labels and the test
 * set may be missing.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_NO_FILES` without training images, `DATA_SHAPE` where the test images have another shape,
 * `DATA_CACHE`; IdxError every code
 *
 * @example
 * const path = `${place}/train-images-idx3-ubyte`;
 * await lastValueFrom(pipeline([encodeIdx([3, 4, 4], new Uint8Array(48))], toWritable(createWriteStream(path))));
 * const { train: images, test } = await folder(place);
 * console.log(images.items, test); // 3 undefined
 */
export async function folder(path: string, options: OpenOptions = {}): Promise<DatasetPair> {
  requireKnownOptions(options, OPEN_OPTIONS);
  refuseImageOptions('IDX', options);
  return transposedPair(await openFolder(await openFolderInput(path), options), options);
}

/** @throws as `folder` */
export async function openFolder(input: FolderInput, options: OpenOptions): Promise<DatasetPair> {
  const files = requireFiles(input, ['trainImages']);
  const train = await openPart(files.trainImages, files.trainLabels, identityOf(input), options);
  if (files.testImages === undefined) return { train };
  const test = await openPart(files.testImages, files.testLabels, identityOf(input), options);
  requireSameShape(train, test, files.testImages);
  return { train, test };
}

/**
 * The test set alone.
 * @throws as `folder`, `DATA_NO_FILES` without test images
 */
export async function openTestFolder(input: FolderInput, options: OpenOptions): Promise<Dataset> {
  const files = requireFiles(input, ['testImages']);
  return openPart(files.testImages, files.testLabels, identityOf(input), options);
}

/** The images of one of the standard files, with their labels. */
export function openPart(
  images: string,
  labels: string | undefined,
  identity: DatasetIdentity,
  options: OpenOptions,
): Promise<Dataset> {
  return withFile(images, options.signal, (file) => labelledImages(file, labels, identity, options));
}

/** @throws DataError `DATA_NO_FILES` that names what is missing */
export function requireFiles<Needed extends StandardFile>(
  input: FolderInput,
  needed: readonly Needed[],
): StandardPaths & { readonly [file in Needed]: string } {
  const files = standardFiles(input);
  const missing = needed.filter((file) => files[file] === undefined);
  if (missing.length === 0) return files as StandardPaths & { readonly [file in Needed]: string };
  throw new DataError({
    code: 'DATA_NO_FILES',
    path: input.path,
    expected: missing.map((file) => STANDARD_NAMES[file]).join(', '),
    actual: 'no such file in this folder',
    advice: "Give the files MNIST's names (raw or .gz), or give one IDX file instead of the folder.",
  });
}

function identityOf({ path }: FolderInput): DatasetIdentity {
  return { name: basename(resolve(path)), source: path, sample: false };
}
