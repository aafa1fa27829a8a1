import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FileInput } from '../../dataFormat.js';
import { allocate } from '../../node/files/allocate.js';
import { fail, openForReading } from '../../node/files/openFile.js';
import { type IdxHeader, LONGEST_HEADER, MAGIC_BYTES, parseIdxHeader, payloadBytes } from '../header.js';
import { checkPayload, truncated } from '../payload.js';

/** Bytes hashed at a time: large enough that the calls do not count, small enough for the event loop. */
const HASH_BYTES = 1024 * 1024;

/** The system takes at most 2 GiB in one read. */
const LARGEST_READ = 1024 * 1024 * 1024;

/** Whether a file can be read in place: no gzip, no fifo, no device. */
export function isRaw({ size, isGzip }: Pick<FileInput, 'size' | 'isGzip'>): boolean {
  return size !== undefined && !isGzip;
}

/**
 * Opens an uncompressed IDX file for reading in place, its size compared with its header.
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
    const end = header.headerBytes + payloadBytes(header);
    const excess = await bytesAt(handle, end, Math.max(0, Math.min(MAGIC_BYTES, size - end)));
    checkPayload(header, path, size - header.headerBytes, excess);
    return new RawIdxFile({ path, header, changedMs: mtimeMs }, handle, signal);
  } catch (error) {
    await handle.close();
    return fail(path)(error);
  }
}

async function bytesAt(handle: FileHandle, position: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  if (count > 0) await handle.read(bytes, 0, count, position);
  return bytes;
}

/** What was found when an uncompressed IDX file was opened. */
export interface RawIdxDescription {
  readonly path: string;
  readonly header: IdxHeader;
  /** When its content had last changed, as the system tells it. */
  readonly changedMs: number;
}

/** An uncompressed IDX file, read in place, never as a whole. */
export class RawIdxFile implements RawIdxDescription {
  readonly path: string;
  readonly header: IdxHeader;
  readonly changedMs: number;
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal | undefined;

  constructor({ path, header, changedMs }: RawIdxDescription, handle: FileHandle, signal: AbortSignal | undefined) {
    this.path = path;
    this.header = header;
    this.changedMs = changedMs;
    this.#handle = handle;
    this.#signal = signal;
  }

  /**
   * The bytes of the items `from` … `to − 1`.
   * @throws IdxError `IDX_TRUNCATED` where the file has shrunk since it was opened, `DATA_UNREADABLE`,
   *   `DATA_TOO_LARGE` where memory cannot hold them
   */
  async read(from: number, to: number): Promise<Uint8Array> {
    const { itemBytes } = this.header;
    const bytes = allocate((to - from) * itemBytes, this.path);
    await this.#fill(bytes, from * itemBytes);
    return bytes;
  }

  /**
   * sha256 of the payload in lower-case hexadecimal, in flat memory.
   * @param onBytes told how many bytes of the payload are done
   */
  async sha256(onBytes?: (done: number) => void): Promise<string> {
    const hash = createHash('sha256');
    const end = payloadBytes(this.header);
    const buffer = new Uint8Array(Math.min(HASH_BYTES, end));
    for (let position = 0; position < end; position += buffer.length) {
      const part = buffer.subarray(0, Math.min(buffer.length, end - position));
      await this.#fill(part, position);
      hash.update(part);
      onBytes?.(position + part.length);
    }
    return hash.digest('hex');
  }

  /** May be called more than once; waits for a pending read. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Fills `bytes` from that position of the payload on. */
  async #fill(bytes: Uint8Array, position: number): Promise<void> {
    for (let filled = 0; filled < bytes.length; ) {
      const length = Math.min(bytes.length - filled, LARGEST_READ);
      const offset = this.header.headerBytes + position + filled;
      const { bytesRead } = await this.#handle.read(bytes, filled, length, offset).catch(fail(this.path));
      this.#signal?.throwIfAborted();
      if (bytesRead === 0) throw truncated(this.header, this.path, position + filled);
      filled += bytesRead;
    }
  }
}
