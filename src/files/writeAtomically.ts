import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../errors.js';
import { systemCode, systemReason } from './systemError.js';

/**
 * Puts a file in place as a whole or not at all: written beside it, flushed to the disk, renamed.
 *
 * A file of that name is replaced. Whatever happens, no half-written file stays.
 * @param content the bytes, or what writes them
 * @throws FileError when the disk is full, the folder read-only or missing, or the path is no file's; anything else that
 * `content` throws, as it is
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await refuseOther(path);
    await writeAndFlush(beside, content);
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const reason = systemReason(error);
    throw reason === undefined ? error : unwritable(path, reason, error);
  }
}

/** Renaming would put a file in the place of a device or a pipe. */
async function refuseOther(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined);
  if (present === undefined || present.isFile()) return;
  throw unwritable(path, present.isDirectory() ? 'a folder' : 'something that is not a file');
}

async function writeAndFlush(path: string, content: Uint8Array | ((file: FileHandle) => Promise<void>)): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await (content instanceof Uint8Array ? file.writeFile(content) : content(file));
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

function unwritable(path: string, actual: string, cause?: unknown): FileError {
  return new FileError({
    code: 'FILE_UNWRITABLE',
    path,
    expected: 'a place to write to',
    actual,
    advice: 'Free some space, or choose a folder that can be written to.',
    cause,
  });
}
