// Bytes from anywhere, decompressed where they are gzip: recognised by the bytes themselves, never by a name.

import { gunzip, isGzip } from './gzip.js';
import { fail, openReadable } from './openFile.js';

/**
 * The bytes of a file, fifo or device as they are, in chunks. The file is open from the first `next` to the end, an
 * error, `return` or an abort, whichever comes first.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_NOT_A_FILE`, `DATA_UNREADABLE`
 */
export async function* openBytes(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const readable = await openReadable(path, signal);
  try {
    yield* readable;
  } catch (error) {
    fail(path)(error);
  } finally {
    readable.destroy();
  }
}

/**
 * Bytes as they are, or decompressed where they begin as gzip does. Never reads ahead of what is asked for, and ends
 * `bytes` when it is ended itself.
 * @param path names the bytes in errors
 * @throws DataError `DATA_GZIP`, and whatever `bytes` throws
 */
export async function* decompress(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void> {
  yield* (await detectGzip(bytes, path)).bytes;
}

/** Bytes of which it is known whether they were gzip. */
export interface DetectedBytes {
  readonly isGzip: boolean;
  /** Decompressed; ended, it ends what they came from. */
  readonly bytes: AsyncGenerator<Uint8Array, void>;
}

/** Reads as far as it takes to tell. @throws whatever `bytes` throws */
export async function detectGzip(bytes: AsyncIterable<Uint8Array>, path: string): Promise<DetectedBytes> {
  const iterator = bytes[Symbol.asyncIterator]();
  const start = await firstBytes(iterator);
  const all = startingWith(start, iterator);
  return isGzip(start) ? { isGzip: true, bytes: gunzip(all, path) } : { isGzip: false, bytes: all };
}

/** The first chunk, joined with as many as it takes to tell gzip from the rest. */
async function firstBytes(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < 2) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  return start;
}

async function* startingWith(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    if (start.length > 0) yield start;
    for (let result = await rest.next(); result.done !== true; result = await rest.next()) yield result.value;
  } finally {
    await rest.return?.();
  }
}
