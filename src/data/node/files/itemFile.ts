// Items of one size in an uncompressed file, one behind the other, read in place.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { DataError } from '../../../errors.js';
import { type ImageReader, type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { allocate } from './allocate.js';
import { fail, openForReading } from './openFile.js';

/** Bytes hashed at a time: large enough that the calls do not count, small enough for the event loop. */
const HASH_BYTES = 1024 * 1024;

/** The system takes at most 2 GiB in one read. */
const LARGEST_READ = 1024 * 1024 * 1024;

/** `itemCount × itemBytes` bytes from `offset` on. */
export interface FileItems {
  readonly path: string;
  /** Where the first item begins. */
  readonly offset: number;
  readonly itemCount: number;
  readonly itemBytes: number;
  /** What to say where the file ends too early. @param arrived bytes of items that are there */
  readonly truncated: (arrived: number) => DataError;
}

/** An open file of items. Whoever opened its handle has compared its size with what it promises. */
export class ItemFile implements ImageReader {
  readonly #items: FileItems;
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal | undefined;

  constructor(items: FileItems, handle: FileHandle, signal: AbortSignal | undefined) {
    this.#items = items;
    this.#handle = handle;
    this.#signal = signal;
  }

  /**
   * The bytes of the items `from` … `to − 1`.
   * @throws DataError what `truncated` makes where the file has shrunk since it was opened, `DATA_UNREADABLE`, `DATA_TOO_LARGE` where memory
   * cannot hold them
   */
  async read(from: number, to: number): Promise<Uint8Array> {
    const { itemBytes, path } = this.#items;
    const bytes = allocate((to - from) * itemBytes, path);
    await this.#fill(bytes, from * itemBytes);
    return bytes;
  }

  /**
   * sha256 of all items in lower-case hexadecimal, in flat memory.
   * @param onBytes told how many bytes of them are done
   */
  async sha256(onBytes?: (done: number) => void): Promise<string> {
    const hash = createHash('sha256');
    const end = this.#items.itemCount * this.#items.itemBytes;
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

  /** Fills `bytes` from that position of the items on. */
  async #fill(bytes: Uint8Array, position: number): Promise<void> {
    const { path, offset, truncated } = this.#items;
    for (let filled = 0; filled < bytes.length; ) {
      const length = Math.min(bytes.length - filled, LARGEST_READ);
      const { bytesRead } = await this.#handle
        .read(bytes, filled, length, offset + position + filled)
        .catch(fail(path));
      this.#signal?.throwIfAborted();
      if (bytesRead === 0) throw truncated(position + filled);
      filled += bytesRead;
    }
  }
}

/** A larger file is read in place, from the system's page cache if it can be. */
export const LOAD_LIMIT = 2 ** 28;

/**
 * The items of a file: a small one is read into memory, of a larger one each reader opens it anew, and fails with `DATA_CHANGED` where it has
 * become another one.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`, and what `truncated` makes
 */
export async function openItems(items: FileItems, signal?: AbortSignal): Promise<ImageStore> {
  const { itemCount, itemBytes } = items;
  const first = await open(items, signal);
  try {
    if (itemCount * itemBytes <= LOAD_LIMIT) return memoryStore(await first.file.read(0, itemCount), itemCount);
  } finally {
    await first.file.close();
  }
  return {
    items: itemCount,
    imageSize: itemBytes,
    async open(signal) {
      const { file, changedMs } = await open(items, signal);
      if (changedMs === first.changedMs) return file;
      await file.close();
      throw changed(items.path, changedMs);
    },
  };
}

async function open(items: FileItems, signal: AbortSignal | undefined) {
  const handle = await openForReading(items.path);
  try {
    signal?.throwIfAborted();
    const { size, mtimeMs } = await handle.stat();
    const arrived = Math.max(0, size - items.offset);
    if (arrived < items.itemCount * items.itemBytes) throw items.truncated(arrived);
    return { file: new ItemFile(items, handle, signal), changedMs: mtimeMs };
  } catch (error) {
    await handle.close();
    return fail(items.path)(error);
  }
}

function changed(path: string, changedMs: number): DataError {
  return new DataError({
    code: 'DATA_CHANGED',
    path,
    offset: 0,
    expected: 'the file as it was at first',
    actual: `a file that was changed at ${new Date(changedMs).toISOString()}`,
    advice: 'Leave the file alone while it is in use.',
  });
}
