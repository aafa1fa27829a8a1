import { DataError } from '../../../errors.js';
import type { ImageStore } from '../../dataset/imageStore.js';
import { formatShape } from '../../formatShape.js';
import type { IdxHeader } from '../header.js';
import { openRawIdxFile, type RawIdxDescription } from './rawIdxFile.js';

/** The file as it was at first. Without `changedMs` another one with the same header will do. */
export type FileStoreDescription = Omit<RawIdxDescription, 'changedMs'> & Partial<RawIdxDescription>;

/**
 * The images of an uncompressed IDX file, read in place: memory does not grow with the file. Each reader opens it anew, and
 * fails with `DATA_CHANGED` where it has become another one.
 */
export function fileStore(first: FileStoreDescription): ImageStore {
  const { path, header } = first;
  return {
    items: header.itemCount,
    imageSize: header.itemBytes,
    async open(signal) {
      const file = await openRawIdxFile(path, signal);
      if (isSame(file, first)) return file;
      await file.close();
      throw new DataError({
        code: 'DATA_CHANGED',
        path,
        offset: 0,
        expected: `the file as it was at first, ${formatShape(header.shape)} values`,
        actual: difference(file, header),
        advice: 'Leave the file alone while it is in use.',
      });
    },
  };
}

function isSame({ header, changedMs }: RawIdxDescription, first: FileStoreDescription): boolean {
  return isLike(header, first.header) && (first.changedMs === undefined || changedMs === first.changedMs);
}

function isLike({ dtype, shape }: IdxHeader, other: IdxHeader): boolean {
  return dtype === other.dtype && shape.join() === other.shape.join();
}

function difference({ header, changedMs }: RawIdxDescription, first: IdxHeader): string {
  return isLike(header, first)
    ? `a file that was changed at ${new Date(changedMs).toISOString()}`
    : `${formatShape(header.shape)} values`;
}
