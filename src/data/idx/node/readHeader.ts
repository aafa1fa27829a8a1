import type { FileInput } from '../../dataFormat.js';
import { unrecognised } from '../../unrecognised.js';
import { headerBytesOf, type IdxHeader, isIdx, MAGIC_BYTES, parseIdxHeader } from '../header.js';

/**
 * Reads as much of a file as its header takes.
 * @throws DataError `DATA_FORMAT` for bytes that are something else, `DATA_EMPTY`; IdxError as `parseIdxHeader`; whatever reading throws
 */
export async function readHeader(file: FileInput): Promise<IdxHeader> {
  const magic = await file.start(MAGIC_BYTES);
  if (!isIdx(magic)) throw unrecognised(file.path, magic, 'an IDX file, raw or gzip');
  const headerBytes = magic.length < MAGIC_BYTES ? MAGIC_BYTES : headerBytesOf(magic, file.path);
  return parseIdxHeader(await file.start(headerBytes), file.path);
}
