import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { FileError } from '../errors.js';
import { systemReason } from './systemError.js';

const UNWRITABLE = { code: 'FILE_UNWRITABLE' } as const;

/**
 * Puts a folder in place as a whole or not at all: filled beside it, renamed.
 * @param fill writes into the folder whose path it is given
 * @throws FileError where there is one with something in it, or it cannot be written; anything else that `fill` throws, as it is
 */
export async function writeFolderAtomically(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  await requireEmpty(path);
  try {
    await mkdir(beside);
    await fill(beside);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    const advice = 'Free some space, or name a folder in a place that can be written to.';
    throw new FileError({ ...UNWRITABLE, path, expected: 'a place to write to', actual: reason, advice, cause: error });
  }
}

/** Before anything is computed. What is wrong with the place otherwise shows when it is written. */
async function requireEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch(() => []);
  if (names.length === 0) return;
  const advice = 'Name another folder.';
  throw new FileError({
    ...UNWRITABLE,
    path,
    expected: 'a folder that is new or empty',
    actual: 'one with something in it',
    advice,
  });
}
