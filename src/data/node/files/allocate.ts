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
