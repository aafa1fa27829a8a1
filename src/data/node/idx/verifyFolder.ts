// A folder stands for its standard files: which they are, and whether they belong together.
import { join } from 'node:path';
import { IdxError } from '../../../errors.js';
import { checkCounts, checkLabels, imageShapeOf } from '../../idx/imagesOrLabels.js';
import { STANDARD_NAMES, standardFiles } from './standardNames.js';
import { type IdxReport, invalidIdx } from './verifyFile.js';

/** One of the four standard files, whether it is there or not. */
export interface FolderMember {
  readonly path: string;
  readonly holds: 'images' | 'labels';
}

/**
 * The members of a data set in MNIST's layout, each image file before its labels.
 * @throws DatasetError `DATASET_NOT_FOUND` when there is no such folder
 */
export async function folderMembers(folder: string): Promise<FolderMember[]> {
  const present = await standardFiles(folder);
  const member = (file: keyof typeof STANDARD_NAMES, holds: FolderMember['holds']): FolderMember => ({
    path: present[file] ?? join(folder, STANDARD_NAMES[file]),
    holds,
  });
  return [
    member('trainImages', 'images'),
    member('trainLabels', 'labels'),
    member('testImages', 'images'),
    member('testLabels', 'labels'),
  ];
}

/**
 * The report on a member, with a look at what it holds: `IDX_UNSUITABLE` where images stand for labels or the reverse,
 * `IDX_COUNT_MISMATCH` where labels are not as many as the images before them.
 * @param images the report on the image file that the labels belong to
 */
export function checkMember(report: IdxReport, holds: FolderMember['holds'], images?: IdxReport): IdxReport {
  if (!report.valid) return report;
  const { path } = report;
  try {
    if (holds === 'images') imageShapeOf({ path, header: report });
    else checkLabels({ path, header: report });
    if (images?.valid) checkCounts({ path: images.path, header: images }, { path, header: report });
    return report;
  } catch (error) {
    if (error instanceof IdxError) return invalidIdx(path, error);
    throw error;
  }
}
