import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataError, FileError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';

/** Runs what touches the cache, in whose folder it may write; what the file system throws becomes a DataError `DATA_CACHE` that names the path. */
export async function inCache<R>(path: string, work: () => Promise<R>): Promise<R> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await work();
  } catch (cause) {
    const reason = cause instanceof FileError ? cause.actual : systemReason(cause);
    if (reason === undefined) throw cause;
    throw new DataError({
      code: 'DATA_CACHE',
      path,
      problem: `the cache cannot be used (${reason})`,
      advice: 'Make room and check permissions, or set XDG_CACHE_HOME to another folder.',
      cause,
    });
  }
}
