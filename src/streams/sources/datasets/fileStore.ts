import { IdxError } from '../../../errors.js';
import { formatShape } from '../../idx/formatShape.js';
import type { IdxHeader } from '../../idx/header.js';
import { openRawIdxFile, type RawIdxFile } from '../rawIdxFile.js';
import type { ImageStore } from './imageStore.js';

/** The images of an uncompressed IDX file, read in place: memory does not grow with the file. Each reader opens it anew. */
export function fileStore(path: string, header: IdxHeader): ImageStore {
  return {
    items: header.itemCount,
    imageSize: header.itemBytes,
    async open(signal) {
      const file = await openRawIdxFile(path, signal);
      if (file !== undefined && isSame(file, header)) return file;
      await file?.close();
      throw new IdxError({
        code: 'IDX_UNSUITABLE',
        path,
        offset: 0,
        expected: `the file as it was at first, ${formatShape(header.shape)} values`,
        actual: file === undefined ? 'no raw IDX file' : `${formatShape(file.header.shape)} values`,
        advice: 'Leave the file alone while it is in use.',
      });
    },
  };
}

function isSame({ header }: RawIdxFile, { dtype, shape }: IdxHeader): boolean {
  return header.dtype === dtype && header.shape.join() === shape.join();
}
