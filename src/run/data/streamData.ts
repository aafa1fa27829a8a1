import type { Dataset } from '../../data/dataset.js';
import type { ImageStream } from '../../data/imageStream.js';
import { requireSameShape } from '../../data/requireSameShape.js';
import type { RunConfig } from '../config.js';
import { limitWarnings } from './limitWarnings.js';
import type { TrainingData } from './trainingData.js';

/** A run's data from stdin: one epoch, which cannot be read again. */
export function fromStream(config: RunConfig, stream: ImageStream, test: Dataset | undefined): TrainingData {
  const { batchSize: size, seed, shuffle, limit } = config;
  if (test) requireSameShape(stream, test, test.source);
  const items = Math.min(stream.items ?? Infinity, limit ?? Infinity);
  const isCounted = items < Infinity;
  return {
    batches: () =>
      stream.batches({ size, ...(shuffle && { shuffle: { seed } }), ...(limit !== undefined && { limit }) }),
    batchSize: size,
    stepsPerEpoch: isCounted ? Math.ceil(items / size) : undefined,
    isResumable: false,
    // Its end is left to the stream, which is read to see that it ends where it should.
    trainData: { ...(test && { testData: test }), epochs: 1, mostEpochs: 1 },
    description: {
      name: 'stdin',
      source: '-',
      ...(isCounted && { items }),
      ...(test && { testItems: test.items }),
      shape: [...stream.shape],
      sample: false,
    },
    testDigest: undefined,
    warnings: limitWarnings(limit, stream.items),
    close: () => stream.close(),
  };
}
