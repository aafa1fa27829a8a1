import type { DatasetPair } from '../../data/dataset.js';
import type { RunConfig } from '../config.js';
import { limitWarning } from './limitWarning.js';
import type { TrainingData } from './trainingData.js';

/** A run's data from a training and, where there is one, a test set. */
export async function fromDatasets(config: RunConfig, pair: DatasetPair): Promise<TrainingData> {
  const { limit, holdOut, seed } = config;
  const { train: all, test } = holdOut === undefined ? pair : pair.train.holdOut(holdOut, { seed });
  const train = limit === undefined || limit >= all.items ? all : all.take(limit);
  const order = {
    size: config.batchSize,
    // The training ends the run: a command may ask for more epochs until the last one is over.
    epochs: Number.MAX_SAFE_INTEGER,
    ...(config.shuffle && { shuffle: { seed } }),
  };
  const stepsPerEpoch = train.batchesPerEpoch(order);
  const { name, source, sample, items, shape } = train;
  return {
    batches: (start) => train.batches({ ...order, ...(start && { start }) }),
    batchSize: config.batchSize,
    stepsPerEpoch,
    isResumable: true,
    trainData: {
      ...(test ? { testData: test } : { sampleData: train }),
      epochs: config.epochs,
      stepsPerEpoch,
    },
    description: {
      name,
      source,
      items,
      ...(test && { testItems: test.items }),
      shape: [...shape],
      digest: await all.digest(),
      sample,
    },
    testDigest: await test?.digest(),
    warnings: limit !== undefined && limit > items ? [limitWarning(limit, items)] : [],
    close: () => undefined,
  };
}
