import type { Batch } from '../data/batch.js';
import type { BatchPosition } from '../data/dataset.js';
import { requireSameShape } from '../data/node/idx/openFolder.js';
import { openData, openTestData } from '../data/node/openData.js';
import { openStream } from '../data/node/stream/openStream.js';
import type { Source } from '../data/source.js';
import type { EventBody, RunEvent } from '../events/schema.js';
import type { TrainOptions } from '../training/trainOptions.js';
import type { RunConfig } from './config.js';
import type { RunOptions } from './runOptions.js';

type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** What a run trains on, and what it says of it. */
export interface TrainingData {
  /** From a place on, of data that can be read again; @default the beginning */
  batches(start?: BatchPosition): Source<Batch>;
  readonly stepsPerEpoch: number | undefined;
  /** Options of the training that follow from the data. */
  readonly trainData: Pick<TrainOptions, 'testData' | 'sampleData' | 'epochs' | 'mostEpochs' | 'stepsPerEpoch'>;
  readonly description: RunEvent['dataset'];
  /** sha256 of the test images' payload. */
  readonly testDigest: string | undefined;
  readonly warnings: readonly WarningBody[];
}

/** Opens what `data` and `testData` name: files at once, a stream up to its header. */
export function openTrainingData(config: RunConfig, options: RunOptions, signal: AbortSignal): Promise<TrainingData> {
  return config.data === '-' ? openStdin(config, options, signal) : openFiles(config, options, signal);
}

async function openFiles(config: RunConfig, { onNotice }: RunOptions, signal: AbortSignal): Promise<TrainingData> {
  const { data, testData, offline, limit } = config;
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
  const train = limit === undefined || limit >= opened.train.items ? opened.train : opened.train.take(limit);
  const order = {
    size: config.batchSize,
    // The training ends the run: a command may ask for more epochs until the last one is over.
    epochs: Number.MAX_SAFE_INTEGER,
    ...(config.shuffle && { shuffle: { seed: config.seed } }),
  };
  const stepsPerEpoch = train.batchesPerEpoch(order);
  const { name, source, sample, items, shape } = train;
  return {
    batches: (start) => train.batches({ ...order, ...(start && { start }) }),
    stepsPerEpoch,
    trainData: {
      ...(opened.test ? { testData: opened.test } : { sampleData: train }),
      epochs: config.epochs,
      stepsPerEpoch,
    },
    description: {
      name,
      source,
      items,
      ...(opened.test && { testItems: opened.test.items }),
      shape: [...shape],
      digest: await opened.train.digest(),
      sample,
    },
    testDigest: await opened.test?.digest(),
    warnings: [
      ...(opened.notice ? [{ type: 'warning' as const, ...opened.notice }] : []),
      ...(limit !== undefined && limit > items ? [tooFew(limit, items)] : []),
    ],
  };
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
    stepsPerEpoch: Math.ceil(items / size),
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
    warnings: limit !== undefined && limit > items ? [tooFew(limit, items)] : [],
  };
}

function tooFew(limit: number, items: number): WarningBody {
  return {
    type: 'warning',
    code: 'LIMIT',
    message: `The limit is ${limit} training images, but there are only ${items}: all are taken.`,
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function percent(part: number, whole: number): string {
  return `${Math.floor((100 * part) / whole)} %`;
}
