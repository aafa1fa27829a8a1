import { requireSameShape } from '../../data/node/idx/openFolder.js';
import type { RunConfig, RunInput } from '../config.js';
import { isDataset } from '../ownParts.js';
import type { RunOptions } from '../runOptions.js';
import { fromDatasets } from './datasetData.js';
import { openNamed } from './namedData.js';
import { openSource } from './sourceData.js';
import type { TrainingData } from './trainingData.js';

/** Opens a run's data: what it is given of the user's own, a source up to its first batch, or what the configuration names. */
export async function openTrainingData(
  config: RunConfig,
  input: RunInput,
  options: RunOptions,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { data } = options;
  if (data === undefined) return openNamed(config, options, signal);
  const { train, test } = 'train' in data ? data : { train: data, test: undefined };
  if (!isDataset(train)) return openSource(train, test, input.epochs ?? train.epochs ?? config.epochs, signal);
  if (test) requireSameShape(train, test, test.name);
  return fromDatasets(config, { train, ...(test && { test }) });
}
