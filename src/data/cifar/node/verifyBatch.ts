import { createHash } from 'node:crypto';
import { DataError } from '../../../errors.js';
import type { FileReport, VerifyOptions } from '../../dataFormat.js';
import { invalidFile } from '../../invalidFile.js';
import { openBytes } from '../../node/files/openBytes.js';
import type { CifarKind } from '../records.js';
import { openBatch } from './openBatch.js';

/** Says whether a batch is whole and all of its labels are some; its sha256 is that of the file. Throws nothing but an abort. */
export async function verifyBatch(
  path: string,
  kind: CifarKind,
  { signal, onProgress }: VerifyOptions,
): Promise<FileReport> {
  try {
    const { store } = await openBatch(path, kind, signal);
    const hash = createHash('sha256');
    let done = 0;
    for await (const chunk of openBytes(path, signal)) {
      hash.update(chunk);
      done += chunk.length;
      onProgress?.(path, done, store.items * kind.recordBytes);
    }
    return { path, valid: true, dtype: 'uint8', shape: [store.items, 32, 32, 3], sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof DataError) return invalidFile(path, error);
    throw error;
  }
}
