import { ItemFile } from '../../node/files/itemFile.js';
import { fail, openForReading } from '../../node/files/openFile.js';
import { type IdxHeader, LONGEST_HEADER, parseIdxHeader } from '../header.js';
import { checkPayload, truncated } from '../payload.js';

/** What was found when an uncompressed IDX file was opened. */
export interface RawIdxDescription {
  readonly path: string;
  readonly header: IdxHeader;
  /** When its content had last changed, as the system tells it. */
  readonly changedMs: number;
}

/** An uncompressed IDX file, read in place, never as a whole. */
export interface RawIdxFile extends RawIdxDescription, Pick<ItemFile, 'read' | 'sha256' | 'close'> {}

/**
 * Opens an uncompressed IDX file for reading in place, its size compared with its header. Its reads fail with `IDX_TRUNCATED` where the file has
 * shrunk since then.
 * @throws IdxError every code; DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`
 */
export async function openRawIdxFile(path: string, signal?: AbortSignal): Promise<RawIdxFile> {
  const handle = await openForReading(path);
  try {
    signal?.throwIfAborted();
    const { size, mtimeMs } = await handle.stat();
    const start = new Uint8Array(Math.min(size, LONGEST_HEADER));
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    const header = parseIdxHeader(start.subarray(0, bytesRead), path);
    checkPayload(header, path, size - header.headerBytes);
    const items = { path, offset: header.headerBytes, itemCount: header.itemCount, itemBytes: header.itemBytes };
    const file = new ItemFile({ ...items, truncated: (arrived) => truncated(header, path, arrived) }, handle, signal);
    return {
      path,
      header,
      changedMs: mtimeMs,
      read: (from, to) => file.read(from, to),
      sha256: (onBytes) => file.sha256(onBytes),
      close: () => file.close(),
    };
  } catch (error) {
    await handle.close();
    return fail(path)(error);
  }
}
