import { DataError } from '../../errors.js';
import type { OpenOptions } from '../dataFormat.js';
import { withTarget } from '../dataset/withTarget.js';
import type { Dataset, DatasetPair } from '../dataset.js';

/** What the network is to make of the images of each set. */
export interface Targets {
  readonly train: Dataset | undefined;
  readonly test: Dataset | undefined;
}

/** What was asked for. */
export interface AskedTargets extends Pick<OpenOptions, 'onNotice'> {
  readonly testData?: string | Dataset;
  readonly testTarget?: string | Dataset;
}

/**
 * Both sets with their targets. A test set that comes with the data and has none is left out, with a notice.
 * @throws DataError `DATA_PAIRS` for what does not belong together
 */
export function pairWithTargets<Pair extends DatasetPair>(
  images: Pair,
  targets: Targets,
  { testData, testTarget, onNotice }: AskedTargets,
): Omit<Pair, 'test'> & DatasetPair {
  const { test, ...others } = images;
  const train = targets.train === undefined ? images.train : withTarget(images.train, targets.train);
  if (test === undefined) {
    if (testTarget !== undefined) throw nothingToTest(testTarget);
    return { ...others, train };
  }
  if (targets.test !== undefined) return { ...others, train, test: withTarget(test, targets.test) };
  if (testData !== undefined) throw noTestTarget(test);
  const message = `The test images of ${test.source} have no targets and are left out: give them with --test-target.`;
  onNotice?.({ code: 'TEST_LEFT_OUT', message });
  return { ...others, train };
}

function nothingToTest(testTarget: string | Dataset): DataError {
  return new DataError({
    code: 'DATA_PAIRS',
    path: typeof testTarget === 'string' ? testTarget : testTarget.source,
    problem: 'these are targets of test images, of which there are none',
    advice: 'Give test images, too (--test-data).',
  });
}

function noTestTarget({ source }: Dataset): DataError {
  return new DataError({
    code: 'DATA_PAIRS',
    path: source,
    problem: 'these test images have no targets, as the training images have',
    advice: 'Give them with --test-target.',
  });
}
