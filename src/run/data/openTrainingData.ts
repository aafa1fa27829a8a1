import type { DecodingProgress } from '../../data/dataFormat.js';
import type { DataNotice } from '../../data/dataNotice.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import type { DownloadProgress } from '../../data/node/mnist/fetchMnist.js';
import { openData, openStream, openTestData } from '../../data/node/openData.js';
import type { RunConfig, RunInput } from '../config.js';
import { isDataset } from '../ownParts.js';
import type { RunOptions } from '../runOptions.js';
import { fromDatasets } from './datasetData.js';
import { noticeWhileWaiting } from './noticeWhileWaiting.js';
import { openSource } from './sourceData.js';
import { fromStream } from './streamData.js';
import type { TrainingData } from './trainingData.js';

const WAITING = 'Waiting for images on stdin: pipe some into it (… | millrace --data -).';

/**
 * Opens a run's data: what it is given of the user's own, a source up to its first batch, or what the configuration names, stdin up to
 * its first bytes.
 */
export async function openTrainingData(
  config: RunConfig,
  input: RunInput,
  options: RunOptions,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { data, onNotice, stdin = process.stdin } = options;
  if (data !== undefined) {
    const { train, test } = 'train' in data ? data : { train: data, test: undefined };
    if (!isDataset(train)) return openSource(train, test, input.epochs ?? train.epochs ?? config.epochs, signal);
    return fromDatasets(config, await openData({ data: { train, ...(test && { test }) } }));
  }
  const { testData, target, testTarget, offline, layout, shape, transpose, resize, fit, channels, cache } = config;
  const notices: DataNotice[] = [];
  const opening = {
    signal,
    ...(cache !== undefined && { cache }),
    ...(resize && { resize }),
    ...(fit && { fit }),
    ...(channels && { channels }),
    ...(layout && { layout }),
    ...(shape && { shape }),
    ...(transpose !== undefined && { transpose }),
    ...(onNotice && { onDecoded: (progress: DecodingProgress) => onNotice(`Decoding ${decodedAmount(progress)}`) }),
    onNotice: (notice: DataNotice) => void notices.push(notice),
  };
  if (config.data === '-') {
    // The file first: it can be looked at without waiting for anyone.
    const test = testData === undefined ? undefined : await openTestData(testData, opening);
    // What a stream leaves out shows only as it passes.
    const streaming = { ...opening, onNotice: ({ message }: DataNotice) => onNotice?.(message) };
    const stream = await noticeWhileWaiting(openStream(stdin, streaming), () => onNotice?.(WAITING));
    return withNotices(fromStream(config, stream, test), notices);
  }
  const onProgress = onNotice && ((progress: DownloadProgress) => onNotice(sentence(progress)));
  const opened = await openData({
    ...opening,
    data: config.data,
    ...(testData !== undefined && { testData }),
    ...(target !== undefined && { target }),
    ...(testTarget !== undefined && { testTarget }),
    offline,
    ...(onProgress && { onProgress }),
  });
  return withNotices(await fromDatasets(config, opened), notices);
}

function withNotices(data: TrainingData, notices: readonly DataNotice[]): TrainingData {
  const warnings = notices.map((notice) => ({ type: 'warning' as const, ...notice }));
  return { ...data, warnings: [...warnings, ...data.warnings] };
}

function sentence({ file, received, total, folder }: DownloadProgress): string {
  return `Fetching MNIST into ${folder}: ${file}, ${megabytes(received)} of ${megabytes(total)} MB (${percent(received, total)})`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function percent(part: number, whole: number): string {
  return `${Math.floor((100 * part) / whole)} %`;
}
