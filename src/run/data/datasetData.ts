import type { OpenedData } from '../../data/node/openData.js';
import type { RunConfig } from '../config.js';
import { limitWarnings } from './limitWarnings.js';
import type { TrainingData } from './trainingData.js';

/** A run's data from a training and, where there is one, a test set. */
export async function fromDatasets(config: RunConfig, opened: OpenedData): Promise<TrainingData> {
  const { limit, holdOut, seed } = config;
  const { train: all, test } = holdOut === undefined ? opened : opened.train.holdOut(holdOut, { seed });
  const train = limit === undefined ? all : all.take(limit);
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
    warnings: [
      ...(opened.notice ? [{ type: 'warning' as const, ...opened.notice }] : []),
      ...limitWarnings(limit, items),
    ],
    close: () => undefined,
  };
}
