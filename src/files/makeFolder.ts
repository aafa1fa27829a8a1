import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './systemError.js';

/**
 * Makes a folder with all above it that is missing. Node's own search for missing parents never ends in a place that is not there and
 * takes no folders, such as one in /proc.
 * @returns whether it was not there
 * @throws what the system says
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    // A read-only disk says so before it says that the folder is there.
    if ((await stat(path).catch(() => undefined))?.isDirectory()) return false;
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  await makeFolder(dirname(path));
  await mkdir(path);
  return true;
}
