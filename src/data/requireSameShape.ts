import { DataError } from '../errors.js';
import type { Dataset } from './dataset.js';

/** @throws DataError `DATA_SHAPE` */
export function requireSameShape(train: Pick<Dataset, 'shape'>, test: Pick<Dataset, 'shape'>, path: string): void {
  if (train.shape.join() === test.shape.join()) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    expected: `test images of ${train.shape.join('×')}, as the training images`,
    actual: test.shape.join('×'),
    advice: 'Give a test set that belongs to the training set.',
  });
}
