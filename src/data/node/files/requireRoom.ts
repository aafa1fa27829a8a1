import { statfs } from 'node:fs/promises';
import { DataError } from '../../../errors.js';

/**
 * A small file may promise petabytes: the disk is not filled to find that out.
 * @param promise who says so: `the compressed file promises`
 * @throws DataError `DATA_CACHE`
 */
export async function requireRoom(folder: string, bytes: number, promise: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes <= bavail * bsize) return;
  throw new DataError({
    code: 'DATA_CACHE',
    path: folder,
    expected: `room for the ${bytes} bytes that ${promise}`,
    actual: `${bavail * bsize} bytes`,
    advice: 'Make room, or set XDG_CACHE_HOME to a folder on another disk.',
  });
}
