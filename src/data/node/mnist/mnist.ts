import { MillraceError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { OPEN_OPTIONS, type OpenOptions } from '../../dataFormat.js';
import type { DataNotice } from '../../dataNotice.js';
import type { DatasetIdentity } from '../../dataset/imageDataset.js';
import { transposedPair } from '../../dataset/transposed.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { refuseOptions } from '../../formatOptions.js';
import { openPart, requireFiles } from '../../idx/node/openFolder.js';
import type { StandardFile } from '../../idx/node/standardNames.js';
import { requireSameShape } from '../../requireSameShape.js';
import { openFolderInput } from '../files/openInput.js';
import { FETCH_OPTIONS, type FetchOptions, fetchMnist, MNIST_SIZE, mnistFolder } from './fetchMnist.js';
import { sampleFiles } from './sampleFiles.js';

export interface MnistOptions extends FetchOptions, OpenOptions {
  /** A folder with the four files. @default the environment's `MILLRACE_DATA`, then the cache */
  readonly data?: string;
  /** @default the process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether to leave the network alone. @default false */
  readonly offline?: boolean;
}

export const MNIST_OPTIONS: OptionNames<MnistOptions> = {
  ...FETCH_OPTIONS,
  ...OPEN_OPTIONS,
  data: true,
  env: true,
  offline: true,
};

export interface Mnist extends DatasetPair {
  readonly test: Dataset;
  /** Why the embedded sample stands in and how to get all of MNIST; absent where it does not. */
  readonly notice?: DataNotice;
}

/**
 * MNIST: 60,000 training and 10,000 test images of 28×28, with labels.
 *
 * The files are looked for in `data`, in the environment's `MILLRACE_DATA` and in the cache folder, otherwise downloaded into the cache.
 * Where that fails, the embedded sample serves (10,000 and 2,000 images): `train.sample` is true and `notice` says why.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_NO_FILES` when a folder was given that is not there or lacks one of the four files, and
 * every code of a single file in that folder; FileError `ASSET_NOT_FOUND` where the sample is missing beside a bundle; the signal's reason on abort
 *
 * @example
 * const { train: images, test } = await mnist({ offline: true, cacheFolder: place, env: {} });
 * console.log(images.shape, test.sample); // [ 28, 28, 1 ] true
 */
export async function mnist(options: MnistOptions = {}): Promise<Mnist> {
  requireKnownOptions(options, MNIST_OPTIONS);
  refuseOptions('MNIST', ['transpose'], options);
  const given = options.data || (options.env ?? process.env).MILLRACE_DATA;
  if (given) return fourFiles(given, { name: 'mnist', source: given, sample: false }, options);
  try {
    return await fromCache(options);
  } catch (missing) {
    if (!(missing instanceof MillraceError)) throw missing;
  }
  if (options.offline === true) return sample('The network is not to be used.', options);
  try {
    const { data: _, env, offline, memoryLimit, anyNumbers, layout, shape, transpose, ...rest } = options;
    const { resize, fit, channels, cache, onDecoded, onNotice, ...fetching } = rest;
    await fetchMnist(fetching);
    return await fromCache(options);
  } catch (failure) {
    if (!(failure instanceof MillraceError)) throw failure;
    return sample(failure.message, options);
  }
}

function fromCache(options: MnistOptions): Promise<Mnist> {
  const source = mnistFolder(options.cacheFolder);
  return fourFiles(source, { name: 'mnist', source, sample: false }, options);
}

async function sample(reason: string, options: MnistOptions): Promise<Mnist> {
  const pair = await opened(sampleFiles(), { name: 'mnist', source: 'embedded sample', sample: true }, options);
  const message =
    `Embedded sample of MNIST, 10,000 of 60,000 images; millrace data fetch gets all (${MNIST_SIZE}` +
    `${keptIn(options.cacheFolder)}). ${reason}`;
  return { ...pair, notice: { code: 'MNIST_SAMPLE', message } };
}

/** Not every user has a place for it; the reason says so. */
function keptIn(cacheFolder: string | undefined): string {
  try {
    return `, kept in ${mnistFolder(cacheFolder)}`;
  } catch {
    return '';
  }
}

async function fourFiles(path: string, identity: DatasetIdentity, options: OpenOptions): Promise<Mnist> {
  const needed = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
  const files = await requireFiles(await openFolderInput(path), needed, options);
  return opened(files, identity, options);
}

async function opened(
  files: Readonly<Record<StandardFile, string>>,
  identity: DatasetIdentity,
  options: OpenOptions,
): Promise<Mnist> {
  const train = await openPart(files.trainImages, files.trainLabels, identity, options);
  const test = await openPart(files.testImages, files.testLabels, identity, options);
  requireSameShape(train, test, files.testImages);
  return transposedPair({ train, test }, options);
}
