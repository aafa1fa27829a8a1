import type { FileInput, OpenOptions } from '../../dataFormat.js';
import { type DatasetIdentity, ImageDataset } from '../../dataset/imageDataset.js';
import type { Dataset } from '../../dataset.js';
import { digestImages } from '../../node/digestImages.js';
import { withFile } from '../../node/files/openInput.js';
import { checkCounts, checkLabels } from '../imagesOrLabels.js';
import { openImages } from './openImages.js';
import { readIdx } from './readIdx.js';

/**
 * Opens an image file and, where there is one, the label file that belongs to it.
 * @throws IdxError every code, `IDX_UNSUITABLE` where images are given as labels or the reverse, `IDX_COUNT_MISMATCH`;
 * DataError every code of a single file, `DATA_CACHE`
 */
export async function labelledImages(
  file: FileInput,
  labelPath: string | undefined,
  identity: DatasetIdentity,
  options: OpenOptions,
): Promise<Dataset> {
  const { signal } = options;
  const labels = labelPath === undefined ? undefined : await withFile(labelPath, signal, (it) => readIdx(it, signal));
  if (labels !== undefined) checkLabels(labels);
  const images = await openImages(file, options);
  if (labels !== undefined) checkCounts(images, labels);
  return new ImageDataset(identity, images.shape, images.store, labels?.payload, digestImages);
}
