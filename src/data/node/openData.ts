// The one door into data: whatever is named or given becomes data sets, a stream or reports.
import { DataError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { checkArrangeOptions } from '../array/imageLayout.js';
import {
  type DataFormat,
  type DataInput,
  type FileReport,
  OPEN_OPTIONS,
  type OpenOptions,
  type VerifyOptions,
} from '../dataFormat.js';
import type { DataNotice } from '../dataNotice.js';
import { transposed, transposedPair } from '../dataset/transposed.js';
import { transposedStream } from '../dataset/transposedStream.js';
import type { Dataset, DatasetPair } from '../dataset.js';
import { checkImageOptions } from '../encodedImages/imageOptions.js';
import { refuseOptions } from '../formatOptions.js';
import type { ImageStream } from '../imageStream.js';
import { invalidFile } from '../invalidFile.js';
import { requireSaidShape } from '../requireSaidShape.js';
import { requireSameShape } from '../requireSameShape.js';
import { openInput, openStreamInput } from './files/openInput.js';
import { MNIST_OPTIONS, type MnistOptions, mnist } from './mnist/mnist.js';
import { pairWithTargets } from './pairWithTargets.js';
import { recogniseFormat } from './recogniseFormat.js';

export interface DataOptions extends Omit<MnistOptions, 'data'> {
  /** `mnist`, a path (the format is told by its content), or data sets of your own, such as those of `memoryDataset`. @default 'mnist' */
  readonly data?: string | Dataset | DatasetPair;
  /** A test set in place of the one that comes with the data. @default the data's own */
  readonly testData?: string | Dataset;
  /** What the network is to make of the images, as many in the same order (see `withTarget`). @default the images themselves */
  readonly target?: string | Dataset | DatasetPair;
  /** The same for the test images. @default the test set of `target`; without one there are no tests, unless `testData` is given */
  readonly testTarget?: string | Dataset;
}

const DATA_OPTIONS: OptionNames<DataOptions> = { ...MNIST_OPTIONS, testData: true, target: true, testTarget: true };

export interface OpenedData extends DatasetPair {
  /** Why the embedded sample stands in; absent where it does not. */
  readonly notice?: DataNotice;
}

/**
 * Opens what `--data` and `--test-data` name, or takes data sets as they are.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_FORMAT`, `DATA_SHAPE` and every other of its codes; OptionError for options
 * out of range, or for data of another format; the signal's reason on abort
 *
 * @example
 * const path = `${place}/images.idx`;
 * await lastValueFrom(pipeline([encodeIdx([3, 4, 4], new Uint8Array(48))], toWritable(createWriteStream(path))));
 * const { train: images } = await openData({ data: path });
 * console.log(images.items); // 3
 */
export async function openData(given: DataOptions = {}): Promise<OpenedData> {
  requireKnownOptions(given, DATA_OPTIONS);
  checkImageOptions(given);
  checkArrangeOptions(given);
  const { target, testTarget, ...ofImages } = given;
  const opened = await openImageSets(ofImages);
  if (target === undefined && testTarget === undefined) return opened;
  const { data, testData, ...options } = ofImages;
  const targets = target === undefined ? undefined : await openTraining(target, options);
  const ofTest = testTarget === undefined ? targets?.test : await openTestData(testTarget, options);
  return pairWithTargets(opened, { train: targets?.train, test: ofTest }, given);
}

async function openImageSets({ data = 'mnist', testData, ...options }: DataOptions): Promise<OpenedData> {
  const opened = await openTraining(data, options);
  const test = testData === undefined ? opened.test : await openTestData(testData, likeThose(opened.train, options));
  if (test === undefined) return opened;
  requireSameShape(opened.train, test, typeof testData === 'string' ? testData : test.name);
  return { ...opened, test };
}

function openTraining(data: string | Dataset | DatasetPair, options: MnistOptions): Promise<OpenedData> | OpenedData {
  if (typeof data === 'string' && data !== 'mnist')
    return withFormat(data, options, async (format, input) => {
      refuseOthers(format, options);
      const opened = await format.open(input, options);
      requireSaidShape(data, opened.train.shape, options.shape);
      return transposedPair(opened, options);
    });
  if (data === 'mnist') return mnist(options);
  refuseOptions('a data set', [], options);
  return 'train' in data ? data : { train: data };
}

/** Grey test images are given colours where the training images have some. */
function likeThose({ shape: [, , channels] }: Dataset, options: MnistOptions): MnistOptions {
  return channels === 1 || channels === 3 ? { ...options, channels } : options;
}

/** Opens what `--test-data` names, or takes a data set as it is. @throws as `openData` */
export async function openTestData(testData: string | Dataset, options: OpenOptions = {}): Promise<Dataset> {
  if (typeof testData !== 'string') return testData;
  const opened = await withFormat(testData, options, async (format, input) => {
    if (format.openTest !== undefined) return format.openTest(input, options);
    const { train, test = train } = await format.open(input, options);
    return test;
  });
  return options.transpose === true ? transposed(opened) : opened;
}

export interface StreamOptions extends OpenOptions {
  /** Names the stream in errors. @default 'stdin' */
  readonly path?: string;
  /** Its abort ends the stream, also while its first bytes are awaited. */
  readonly signal?: AbortSignal;
}

const STREAM_OPTIONS: OptionNames<StreamOptions> = { ...OPEN_OPTIONS, path: true };

/**
 * Reads as much of a stream of bytes, raw or gzip, as it takes to know its format and the shape of its images.
 *
 * Reads on only when batches are asked for, and ends `bytes` as soon as it is closed, also during a pending read. No chunk
 * may be overwritten after it was given.
 *
 * @throws DataError `DATA_FORMAT`, and as for a file; the signal's reason on abort. The batches' source throws what shows later,
 * such as `IDX_TRUNCATED`, `IDX_TRAILING` and `DATA_GZIP`
 *
 * @example
 * const bytes = encodeIdx([3, 2, 2], new Uint8Array(12));
 * const images = await openStream(Readable.from([bytes]));
 * const last = await lastValueFrom(pipeline(images.batches({ size: 2 }), train(engine)));
 * console.log(last.step); // 2
 */
export async function openStream(bytes: AsyncIterable<Uint8Array>, given: StreamOptions = {}): Promise<ImageStream> {
  requireKnownOptions(given, STREAM_OPTIONS);
  const { path = 'stdin', signal = new AbortController().signal, ...others } = given;
  const options = { signal, ...others };
  checkImageOptions(options);
  checkArrangeOptions(options);
  const input = await openStreamInput(bytes, path, signal);
  try {
    const format = await recogniseFormat(input, options);
    if (format.stream === undefined) throw notForStreams(path, format);
    refuseOthers(format, options);
    const stream = await format.stream(input, options);
    requireSaidShape(path, stream.shape, options.shape);
    return options.transpose === true ? transposedStream(stream) : stream;
  } catch (error) {
    await input.close();
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * Reads everything at a path and reports on each of its files.
 * @throws OptionError for options out of range, or for data of another format; the signal's reason on abort. A file that is bad is a report
 */
export async function* verifyData(path: string, options: VerifyOptions = {}): AsyncGenerator<FileReport, void> {
  try {
    const { onProgress: _, ...opening } = options;
    checkImageOptions(opening);
    checkArrangeOptions(opening);
    const input = await openInput(path, opening.signal);
    try {
      const format = await recogniseFormat(input, opening);
      refuseOthers(format, opening);
      // What is checked is what is trained on, where that is not what the file holds.
      if (options.transpose === true) yield* readThrough(format, input, opening);
      else yield* format.verify?.(input, options) ?? readThrough(format, input, opening);
    } finally {
      await closeInput(input);
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    yield invalidFile(path, error);
  }
}

/** A format without a check of its own: images that can all be read are whole. */
async function* readThrough(format: DataFormat, input: DataInput, options: OpenOptions): AsyncGenerator<FileReport> {
  const { train, test } = transposedPair(await format.open(input, options), options);
  for (const dataset of test === undefined ? [train] : [train, test]) {
    const shape = [dataset.items, ...dataset.shape];
    yield { path: input.path, valid: true, dtype: 'uint8', shape, sha256: await dataset.digest() };
  }
}

async function withFormat<R>(
  path: string,
  options: OpenOptions,
  use: (format: DataFormat, input: DataInput) => Promise<R>,
): Promise<R> {
  const input = await openInput(path, options.signal);
  try {
    return await use(await recogniseFormat(input, options), input);
  } finally {
    await closeInput(input);
  }
}

function refuseOthers({ name, options = ['transpose'] }: DataFormat, given: OpenOptions): void {
  refuseOptions(name, options, given);
}

async function closeInput(input: DataInput): Promise<void> {
  if (input.kind === 'file') await input.close();
}

function notForStreams(path: string, { name }: DataFormat): DataError {
  return new DataError({
    code: 'DATA_FORMAT',
    path,
    expected: 'images that can be read from their beginning to their end',
    actual: name,
    advice: 'Save them to a file, and give its path.',
  });
}
