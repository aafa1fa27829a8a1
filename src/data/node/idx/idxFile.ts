import { createHash } from 'node:crypto';
import type { IdxHeader } from '../../idx/header.js';
import { openRawIdxFile } from './rawIdxFile.js';
import { type DecodedIdx, readIdx } from './readIdx.js';

/** An IDX file whose items are at hand by index. */
export interface IdxFile {
  readonly path: string;
  readonly header: IdxHeader;
  /**
   * The bytes of the items `from` … `to − 1`, big-endian: a view where they lie in memory.
   * @throws IdxError `IDX_TRUNCATED` where the file has shrunk since it was opened, `IDX_UNREADABLE`
   */
  read(from: number, to: number): Promise<Uint8Array>;
  /** sha256 of the payload, lower-case hexadecimal. Reads all of it. */
  sha256(): Promise<string>;
  /** Closes the file. May be called more than once. */
  close(): Promise<void>;
}

/**
 * Opens an IDX file for access by item: a raw file is read in place, never as a whole; gzip, a fifo or a device is decoded
 * into memory once.
 * @param signal aborts opening and reading; the file stays open until `close`
 * @throws IdxError every code of a single file
 */
export async function openIdxFile(path: string, signal?: AbortSignal): Promise<IdxFile> {
  const raw = await openRawIdxFile(path, signal);
  if (raw === undefined) return inMemory(await readIdx(path, signal === undefined ? {} : { signal }));
  return {
    path,
    header: raw.header,
    read: (from, to) => raw.read(from, to),
    sha256: () => raw.sha256(),
    close: () => raw.close(),
  };
}

/** Gives a decoded file the same face as one that is read in place. */
function inMemory({ path, header, payload }: DecodedIdx): IdxFile {
  const { itemBytes } = header;
  return {
    path,
    header,
    read: async (from, to) => payload.subarray(from * itemBytes, to * itemBytes),
    sha256: async () => createHash('sha256').update(payload).digest('hex'),
    close: async () => undefined,
  };
}
