import { createHash } from 'node:crypto';
import { DataError } from '../../../errors.js';
import type { FileReport, VerifyOptions } from '../../dataFormat.js';
import { invalidFile } from '../../invalidFile.js';
import { promisedBytes } from '../arrayHeader.js';
import type { ArraySource } from './openArray.js';

/** Reads an array to its end, in flat memory, and says whether it is whole. Throws nothing but an abort. @param path names it in the report */
export async function verifyArray(
  path: string,
  open: () => Promise<ArraySource>,
  { onProgress, signal }: VerifyOptions,
): Promise<FileReport> {
  try {
    const source = await open();
    const { dtype, shape } = source.header;
    const hash = createHash('sha256');
    let done = 0;
    for await (const chunk of source.payload()) {
      signal?.throwIfAborted();
      hash.update(chunk);
      done += chunk.length;
      onProgress?.(path, done, promisedBytes(source.header));
    }
    return { path, valid: true, dtype, shape, sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof DataError) return invalidFile(path, error);
    throw error;
  }
}
