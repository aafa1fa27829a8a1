import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WeightsError } from '../../errors.js';
import { systemCode, systemReason } from './systemError.js';

/**
 * Puts a file in place as a whole or not at all: written beside it, flushed to the disk, renamed.
 *
 * A file of that name is replaced. Whatever happens, no half-written file stays.
 * @throws WeightsError `WEIGHTS_UNWRITABLE` when the disk is full, the folder read-only or missing, or the path is no file's
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await refuseOther(path);
    await writeAndFlush(beside, bytes);
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

/** Renaming would put a file in the place of a device or a pipe. */
async function refuseOther(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined);
  if (present === undefined || present.isFile()) return;
  throw unwritableError(path, present.isDirectory() ? 'a folder' : 'something that is not a file');
}

async function writeAndFlush(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name last. Not every system lets a folder be opened or flushed; the file itself is safe by then. */
async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (!['EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
  }
}

function unwritable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === undefined ? error : unwritableError(path, reason, error);
}

function unwritableError(path: string, actual: string, cause?: unknown): WeightsError {
  return new WeightsError({
    code: 'WEIGHTS_UNWRITABLE',
    path,
    expected: 'a place to write the weights to',
    actual,
    advice: 'Free some space, or choose a folder that can be written to.',
    cause,
  });
}
