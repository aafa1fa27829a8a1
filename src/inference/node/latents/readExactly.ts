import type { FileHandle } from 'node:fs/promises';
import { DataError } from '../../../errors.js';

/** @throws DataError `DATA_CHANGED` where the file ends before */
export async function readExactly(file: FileHandle, offset: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, offset + read);
    if (bytesRead === 0)
      throw new DataError({
        code: 'DATA_CHANGED',
        path,
        offset: offset + read,
        expected: `${length - read} further bytes`,
        actual: 'the end of the file',
        advice: 'The file is only a part of one: make it again.',
      });
    read += bytesRead;
  }
  return bytes;
}
