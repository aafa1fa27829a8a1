import { DataError } from '../../../errors.js';
import type { FileReport } from '../../dataFormat.js';
import { invalidFile } from '../../invalidFile.js';
import { type DividedFiles, datasetsOf } from './openImageFiles.js';

/** Reports on each image that cannot be decoded, then on the others together: those to train on, and those to test with. */
export async function* verifyImages(path: string, images: DividedFiles): AsyncGenerator<FileReport, void> {
  for (const { path: inside, reason } of images.damaged)
    yield invalidFile(`${path}/${inside}`, damagedImage(`${path}/${inside}`, reason));
  const { train, test } = datasetsOf(path, images);
  for (const dataset of test === undefined ? [train] : [train, test]) {
    const shape = [dataset.items, ...dataset.shape];
    yield { path, valid: true, dtype: 'uint8', shape, sha256: await dataset.digest() };
  }
}

function damagedImage(path: string, actual: string): DataError {
  return new DataError({
    code: 'IMAGE_DAMAGED',
    path,
    offset: 0,
    expected: 'an image that can be decoded',
    actual,
    advice: 'Fetch it again; a data set leaves it out.',
  });
}
