import type { BatchPosition, Dataset } from '../../data/dataset.js';
import type { DescribedSource } from '../../data/describedSource.js';
import { peek } from '../../data/peek.js';
import { requireSameShape } from '../../data/requireSameShape.js';
import { DataError } from '../../errors.js';
import type { TrainingData } from './trainingData.js';

/**
 * A run's data from a source of the user's own, whose first batch tells the images' shape.
 * @param epochs that the run may have at most
 * @throws DataError `DATA_EMPTY` where there is no batch; IdxError `IDX_UNSUITABLE` where the test images have another shape
 */
export async function openSource(
  source: DescribedSource,
  test: Dataset | undefined,
  epochs: number,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { name = 'source', items, digest, stepsPerEpoch } = source;
  const peeked = await peek(source, signal);
  try {
    if (peeked.first === undefined) throw empty(name);
    const [, ...shape] = peeked.first.shape;
    if (test) requireSameShape({ shape }, test, test.name);
    return {
      batches: (start) => (source.from && hasBegun(start) ? source.from(start) : peeked.source),
      batchSize: peeked.first.length,
      stepsPerEpoch,
      isResumable: source.from !== undefined,
      trainData: {
        ...(test && { testData: test }),
        epochs,
        ...(source.epochs !== undefined && { mostEpochs: source.epochs }),
        ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
      },
      description: {
        name,
        source: 'program',
        ...(items !== undefined && { items }),
        ...(test && { testItems: test.items }),
        shape: [...shape],
        ...(digest !== undefined && { digest }),
        sample: false,
      },
      testDigest: await test?.digest(),
      warnings: [],
      close: () => peeked.close(),
    };
  } catch (error) {
    await peeked.close();
    throw error;
  }
}

function hasBegun(start: BatchPosition | undefined): start is BatchPosition {
  return start !== undefined && (start.epoch > 1 || start.index > 0);
}

function empty(name: string): DataError {
  return new DataError({
    code: 'DATA_EMPTY',
    problem: `the source ${name} has no batch`,
    advice: 'Give one with a batch at least: its first batch tells the shape of the images.',
  });
}
