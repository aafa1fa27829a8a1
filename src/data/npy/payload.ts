// What the header of an .npy file promises against what is there.
import { NpyError } from '../../errors.js';
import { type ArrayHeader, promisedBytes } from '../array/arrayHeader.js';
import { formatShape } from '../formatShape.js';

/** The file ends too early. @param arrived bytes of values that are there */
export function truncated(header: ArrayHeader, path: string, arrived: number): NpyError {
  return new NpyError({
    code: 'NPY_TRUNCATED',
    path,
    offset: header.headerBytes + arrived,
    expected: promise(header),
    actual: `${arrived} bytes`,
    advice: 'The file is probably a partial download; fetch it again.',
  });
}

/** The file goes on after its last value. */
export function trailing(header: ArrayHeader, path: string): NpyError {
  return new NpyError({
    code: 'NPY_TRAILING',
    path,
    offset: header.headerBytes + promisedBytes(header),
    expected: `the end of the file after ${promise(header)}`,
    actual: 'more bytes',
    advice:
      'The header or the data is damaged, or several arrays were saved to one file: save each to a file of its own.',
  });
}

function promise(header: ArrayHeader): string {
  return `${promisedBytes(header)} bytes (${header.dtype} of ${formatShape(header.shape)})`;
}
