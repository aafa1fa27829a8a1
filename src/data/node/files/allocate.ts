import { constants } from 'node:buffer';
import { DataError } from '../../../errors.js';

/** Largest number of bytes that are taken into memory as a whole, unless the caller says otherwise. */
export const MEMORY_LIMIT = 2 ** 30;

const ADVICE = 'Decompress the file where it is gzip: a raw one is read in place.';

/**
 * Refuses to hold more than the limit: a few megabytes of gzip can keep a promise of gigabytes.
 * @throws DataError `DATA_TOO_LARGE`
 */
export function requireFit(bytes: number, path: string, limit: number, advice = ADVICE): void {
  if (bytes > limit) throw tooLarge(bytes, path, limit, advice);
}

/**
 * An array for bytes that have arrived or are known to be there.
 * @param path names the file in errors
 * @throws DataError `DATA_TOO_LARGE` where memory cannot hold that much
 */
export function allocate(bytes: number, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (error) {
    throw tooLarge(bytes, path, constants.MAX_LENGTH, ADVICE, error);
  }
}

/**
 * The same bytes with room for `needed` at least: doubles, but never beyond `promised`, so that it is exactly full when all has arrived.
 * @throws as `allocate`
 */
export function grown(
  array: Uint8Array<ArrayBuffer>,
  needed: number,
  promised: number,
  path: string,
): Uint8Array<ArrayBuffer> {
  if (needed <= array.length) return array;
  const larger = allocate(Math.min(promised, Math.max(needed, 2 * array.length, 64 * 1024)), path);
  larger.set(array);
  return larger;
}

/**
 * All of some bytes. Memory grows with those that arrive, whatever is promised.
 * @param promised there are never more
 * @throws DataError `DATA_TOO_LARGE` beyond the limit; whatever `bytes` throws
 */
export async function collect(
  bytes: AsyncIterable<Uint8Array>,
  promised: number,
  path: string,
  limit: number,
): Promise<Uint8Array> {
  let all = new Uint8Array(0);
  let arrived = 0;
  for await (const chunk of bytes) {
    requireFit(arrived + chunk.length, path, limit);
    all = grown(all, arrived + chunk.length, promised, path);
    all.set(chunk, arrived);
    arrived += chunk.length;
  }
  return all.subarray(0, arrived);
}

function tooLarge(bytes: number, path: string, limit: number, advice: string, cause?: unknown): DataError {
  return new DataError({
    code: 'DATA_TOO_LARGE',
    path,
    offset: 0,
    expected: `data that fit into memory, at most ${limit} bytes`,
    actual: `${bytes} bytes`,
    advice,
    cause,
  });
}
