// A folder stands for its standard files: which they are, and whether they belong together.
import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import type { FolderInput, VerifyOptions } from '../../dataFormat.js';
import { invalidFile } from '../../invalidFile.js';
import { withFile } from '../../node/files/openInput.js';
import { checkCounts, checkLabels, imageShapeOf } from '../imagesOrLabels.js';
import { lacksFiles, otherFiles } from './otherNames.js';
import { STANDARD_NAMES, type StandardFile, standardFiles } from './standardNames.js';
import { type IdxReport, verifyIdx } from './verifyIdx.js';

/**
 * A report on each of the four standard files, whether it is there or not (one alone where none is), with a look at what it holds: `IDX_UNSUITABLE` where
 * images stand for labels or the reverse, `IDX_COUNT_MISMATCH` where labels are not as many as their images.
 */
export async function* verifyFolder(input: FolderInput, options: VerifyOptions): AsyncGenerator<IdxReport, void> {
  const present = await standardFiles(input);
  if (Object.keys(present).length === 0) {
    yield invalidFile(input.path, lacksFiles(input.path, Object.values(STANDARD_NAMES), await otherFiles(input)));
    return;
  }
  const verify = (file: StandardFile): Promise<IdxReport> =>
    verifyPath(present[file] ?? join(input.path, STANDARD_NAMES[file]), options);
  for (const part of ['train', 'test'] as const) {
    const images = checkedImages(await verify(`${part}Images`));
    yield images;
    yield checkedLabels(await verify(`${part}Labels`), images);
  }
}

async function verifyPath(path: string, options: VerifyOptions): Promise<IdxReport> {
  try {
    return await withFile(path, options.signal, (file) => verifyIdx(file, options));
  } catch (error) {
    if (error instanceof DataError) return invalidFile(path, error);
    throw error;
  }
}

function checkedImages(report: IdxReport): IdxReport {
  return checked(report, (header) => imageShapeOf({ path: report.path, header }));
}

function checkedLabels(report: IdxReport, images: IdxReport): IdxReport {
  return checked(report, (header) => {
    const labels = { path: report.path, header };
    checkLabels(labels);
    if (images.valid) checkCounts({ path: images.path, header: images }, labels);
  });
}

type ValidIdx = Extract<IdxReport, { valid: true }>;

function checked(report: IdxReport, check: (header: ValidIdx) => void): IdxReport {
  if (!report.valid) return report;
  try {
    check(report);
    return report;
  } catch (error) {
    if (error instanceof DataError) return invalidFile(report.path, error);
    throw error;
  }
}
