import { constants } from 'node:buffer';
import { IdxError } from '../../errors.js';

/**
 * An array for bytes that have arrived or are known to be there.
 * @param path names the file in errors
 * @throws IdxError `IDX_UNSUITABLE` where memory cannot hold that much
 */
export function allocate(bytes: number, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (error) {
    throw new IdxError({
      code: 'IDX_UNSUITABLE',
      path,
      offset: 0,
      expected: `data that fit into memory, at most ${constants.MAX_LENGTH} bytes`,
      actual: `${bytes} bytes`,
      advice: 'Decompress the file where it is gzip: a raw one is read in place.',
      cause: error,
    });
  }
}
