import type { DataError } from '../errors.js';
import type { InvalidFile } from './dataFormat.js';

/** The report on a file that failed with that error. */
export function invalidFile(path: string, error: DataError): InvalidFile {
  const { code, offset = 0, expected = '', actual = '', advice, message } = error;
  return { path, valid: false, code, offset, expected, actual, advice, message };
}
