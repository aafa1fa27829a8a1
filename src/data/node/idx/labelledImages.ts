import { type DatasetIdentity, ImageDataset } from '../../dataset/imageDataset.js';
import type { Dataset } from '../../dataset.js';
import { checkCounts, checkLabels } from '../../idx/imagesOrLabels.js';
import { digestImages } from './digestImages.js';
import { type OpenOptions, openImages } from './openImages.js';
import { readIdx } from './readIdx.js';

export interface LabelledFiles {
  readonly images: string;
  readonly labels?: string | undefined;
}

/**
 * Opens an image file and, where there is one, the label file that belongs to it.
 * @throws IdxError every code of a single file, `IDX_UNSUITABLE` where images are given as labels or the reverse,
 * `IDX_COUNT_MISMATCH`; DatasetError `DATASET_CACHE`
 */
export async function labelledImages(
  files: LabelledFiles,
  identity: DatasetIdentity,
  options: OpenOptions,
): Promise<Dataset> {
  const labels = files.labels === undefined ? undefined : await readLabels(files.labels, options);
  const images = await openImages(files.images, options);
  if (labels !== undefined) checkCounts(images, labels);
  return new ImageDataset(identity, images.shape, images.store, labels?.payload, digestImages);
}

async function readLabels(path: string, { signal }: OpenOptions) {
  const labels = await readIdx(path, signal === undefined ? {} : { signal });
  checkLabels(labels);
  return labels;
}
