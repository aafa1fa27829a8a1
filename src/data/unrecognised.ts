import { DataError } from '../errors.js';
import { printable } from '../text/printable.js';
import { quote } from '../text/quote.js';
import { foreignBytes } from './foreignBytes.js';

/**
 * What to say of bytes that are not what was asked for.
 * @param start their beginning, the more the better
 * @param expected reads well after "expected"
 */
export function unrecognised(path: string, start: Uint8Array, expected: string): DataError {
  if (start.length === 0)
    return new DataError({
      code: 'DATA_EMPTY',
      path,
      offset: 0,
      expected,
      actual: 'nothing, not one byte',
      advice: 'Check the download, or the program, that it comes from.',
    });
  const { what, advice } = foreignBytes(start) ?? {
    what: beginningOf(start),
    advice: 'Check that this is the file that was meant; if it is, convert its images to IDX.',
  };
  return new DataError({ code: 'DATA_FORMAT', path, offset: 0, expected, actual: what, advice });
}

const SHOWN_CHARACTERS = 32;

function beginningOf(start: Uint8Array): string {
  const text = new TextDecoder().decode(start.subarray(0, SHOWN_CHARACTERS), { stream: true });
  const isText = !text.includes('\uFFFD') && printable(text.replace(/\s/g, ' ')) === text.replace(/\s/g, ' ');
  if (isText) return `text, ${quote(text)}`;
  return `bytes ${Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')} …`;
}
