import { basename, dirname, relative, resolve } from 'node:path';
import { requireKnownOptions } from '../../../options.js';
import { type FolderInput, OPEN_OPTIONS, type OpenOptions } from '../../dataFormat.js';
import type { DatasetIdentity } from '../../dataset/imageDataset.js';
import { transposedPair } from '../../dataset/transposed.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { ARRAY_OPTIONS, refuseOptions } from '../../formatOptions.js';
import { openFolderInput, withFile } from '../../node/files/openInput.js';
import { requireSameShape } from '../../requireSameShape.js';
import { labelledImages } from './labelledImages.js';
import { lacksFiles, otherFiles } from './otherNames.js';
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
  refuseOptions('IDX', ARRAY_OPTIONS, options);
  return transposedPair(await openFolder(await openFolderInput(path), options), options);
}

/** @throws as `folder` */
export async function openFolder(input: FolderInput, options: OpenOptions): Promise<DatasetPair> {
  const files = await requireFiles(input, ['trainImages'], options);
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
  const files = await requireFiles(input, ['testImages'], options);
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

/**
 * The standard files of a folder. One that lies in a folder of its own name is told with a notice.
 * @throws DataError `DATA_NO_FILES` that names what is missing, and what is there
 */
export async function requireFiles<Needed extends StandardFile>(
  input: FolderInput,
  needed: readonly Needed[],
  { onNotice }: OpenOptions,
): Promise<StandardPaths & { readonly [file in Needed]: string }> {
  const files = await standardFiles(input);
  const missing = needed.filter((file) => files[file] === undefined).map((file) => STANDARD_NAMES[file]);
  if (missing.length > 0) throw lacksFiles(input.path, missing, await otherFiles(input));
  const nested = Object.values(files).filter((file) => dirname(resolve(file)) !== resolve(input.path));
  if (nested.length > 0)
    onNotice?.({
      code: 'DATA_NESTED',
      message: `Unpacked into folders of their own names, and used: ${nested.map((file) => relative(input.path, file)).join(', ')}.`,
    });
  return files as StandardPaths & { readonly [file in Needed]: string };
}

function identityOf({ path }: FolderInput): DatasetIdentity {
  return { name: basename(resolve(path)), source: path, sample: false };
}
