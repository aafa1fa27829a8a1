import { stat } from 'node:fs/promises';
import type { Dataset, DatasetPair } from '../dataset.js';
import { folder, requireSameShape, testFolder } from './idx/openFolder.js';
import { idx } from './idx/openIdx.js';
import type { OpenOptions } from './idx/openImages.js';
import { type DataNotice, type MnistOptions, mnist } from './mnist/mnist.js';

export interface DataOptions extends Omit<MnistOptions, 'data'> {
  /** `mnist`, an IDX file, or a folder with MNIST's file names. @default 'mnist' */
  readonly data?: string;
  /** A test set in place of the one that comes with the data: an IDX file or a folder. */
  readonly testData?: string;
}

export interface OpenedData extends DatasetPair {
  /** Why the embedded sample stands in; absent where it does not. */
  readonly notice?: DataNotice;
}

/**
 * Opens what `--data` and `--test-data` name.
 *
 * @throws IdxError every code of a single file, `IDX_COUNT_MISMATCH`, `IDX_UNSUITABLE`; DatasetError `DATASET_NOT_FOUND`,
 * `DATASET_CACHE`; the signal's reason on abort
 *
 * @example
 * const path = `${place}/images.idx`;
 * await lastValueFrom(pipeline([encodeIdx([3, 4, 4], new Uint8Array(48))], toWritable(createWriteStream(path))));
 * const { train: images } = await openData({ data: path });
 * console.log(images.items); // 3
 */
export async function openData({ data = 'mnist', testData, ...options }: DataOptions = {}): Promise<OpenedData> {
  const opened: OpenedData = data === 'mnist' ? await mnist(options) : await openPath(data, options);
  if (testData === undefined) return opened;
  const test = await openTestData(testData, options);
  requireSameShape(opened.train, test, testData);
  return { ...opened, test };
}

/** Opens what `--test-data` names: an IDX file, or a folder with a test set. */
export async function openTestData(path: string, options: OpenOptions = {}): Promise<Dataset> {
  return (await isFolder(path)) ? testFolder(path, options) : idx(path, options);
}

async function openPath(path: string, options: OpenOptions): Promise<DatasetPair> {
  return (await isFolder(path)) ? folder(path, options) : { train: await idx(path, options) };
}

/** A path that cannot be looked at is left to the file's own errors. */
function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
