import type { Dataset } from '../../data/dataset.js';
import type { ImageStream } from '../../data/imageStream.js';
import { requireSameShape } from '../../data/requireSameShape.js';
import type { RunConfig } from '../config.js';
import { limitWarnings } from './limitWarnings.js';
import type { TrainingData } from './trainingData.js';

/** A run's data from stdin, which cannot be read again: one epoch, or as many as come. */
export function fromStream(config: RunConfig, stream: ImageStream, test: Dataset | undefined): TrainingData {
  const { batchSize: size, seed, shuffle, limit, epochItems } = config;
  if (test) requireSameShape(stream, test, test.source);
  const items = Math.min(stream.items ?? Infinity, limit ?? Infinity);
  const isCounted = items < Infinity;
  const itemsPerEpoch = Math.min(items, epochItems ?? Infinity);
  const stepsPerEpoch = itemsPerEpoch < Infinity ? Math.ceil(itemsPerEpoch / size) : undefined;
  const mostEpochs = epochItems === undefined ? 1 : Math.ceil(items / epochItems);
  return {
    batches: () =>
      stream.batches({
        size,
        ...(shuffle && { shuffle: { seed } }),
        ...(limit !== undefined && { limit }),
        ...(epochItems !== undefined && { epochItems }),
      }),
    batchSize: size,
    stepsPerEpoch,
    isResumable: false,
    trainData: {
      ...(test && { testData: test }),
      epochs: Math.min(config.epochs, mostEpochs),
      mostEpochs,
      // The end of a single epoch is left to the stream, which is read to see that it ends where it should.
      ...(epochItems !== undefined && stepsPerEpoch !== undefined && { stepsPerEpoch }),
    },
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
