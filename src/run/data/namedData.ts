import { requireSameShape } from '../../data/node/idx/openFolder.js';
import { openData, openTestData } from '../../data/node/openData.js';
import { openStream } from '../../data/node/stream/openStream.js';
import type { RunConfig } from '../config.js';
import type { RunOptions } from '../runOptions.js';
import { fromDatasets } from './datasetData.js';
import { limitWarning } from './limitWarning.js';
import type { TrainingData } from './trainingData.js';

/** Opens what `data` and `testData` name: files at once, a stream up to its header. */
export function openNamed(config: RunConfig, options: RunOptions, signal: AbortSignal): Promise<TrainingData> {
  return config.data === '-' ? openStdin(config, options, signal) : openFiles(config, options, signal);
}

async function openFiles(config: RunConfig, { onNotice }: RunOptions, signal: AbortSignal): Promise<TrainingData> {
  const { data, testData, offline } = config;
  const opened = await openData({
    data,
    ...(testData !== undefined && { testData }),
    offline,
    signal,
    onProgress: ({ file, received, total, folder }) =>
      onNotice?.(
        `Fetching MNIST into ${folder}: ${file}, ${megabytes(received)} of ${megabytes(total)} MB (${percent(received, total)})`,
      ),
  });
  const { notice, ...pair } = opened;
  const trainingData = await fromDatasets(config, pair);
  if (notice === undefined) return trainingData;
  return { ...trainingData, warnings: [{ type: 'warning', ...notice }, ...trainingData.warnings] };
}

async function openStdin(
  config: RunConfig,
  { stdin = process.stdin }: RunOptions,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { testData, batchSize: size, seed, shuffle, limit } = config;
  // The file first: it can be looked at without waiting for anyone.
  const test = testData === undefined ? undefined : await openTestData(testData, { signal });
  const stream = await openStream(stdin, { signal });
  if (test && testData !== undefined) requireSameShape(stream, test, testData);
  const items = Math.min(stream.items, limit ?? stream.items);
  return {
    batches: () =>
      stream.batches({ size, ...(shuffle && { shuffle: { seed } }), ...(limit !== undefined && { limit }) }),
    batchSize: size,
    stepsPerEpoch: Math.ceil(items / size),
    isResumable: false,
    // Its end is left to the stream, which is read to see that it ends where it should.
    trainData: { ...(test && { testData: test }), epochs: 1, mostEpochs: 1 },
    description: {
      name: 'stdin',
      source: '-',
      items,
      ...(test && { testItems: test.items }),
      shape: [...stream.shape],
      sample: false,
    },
    testDigest: undefined,
    warnings: limit !== undefined && limit > items ? [limitWarning(limit, items)] : [],
    close: () => stream.close(),
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function percent(part: number, whole: number): string {
  return `${Math.floor((100 * part) / whole)} %`;
}
