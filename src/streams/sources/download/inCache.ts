import { DatasetError } from '../../../errors.js';

/** Runs what touches the cache; what the file system throws becomes a DatasetError `DATASET_CACHE` that names the path. */
export async function inCache<R>(path: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw cause;
    throw new DatasetError({
      code: 'DATASET_CACHE',
      path,
      problem: `the cache cannot be used (${code})`,
      advice: 'Make room and check permissions, or set XDG_CACHE_HOME to another folder.',
      cause,
    });
  }
}
