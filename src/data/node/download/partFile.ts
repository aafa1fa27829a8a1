// The unfinished part of a download. `<file>.part` waits to be resumed; `<file>.<process>-<random>.part` is being written,
// so that two downloads of one file never write into the same part. The part of a process that died is resumed too.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../../../files/isRunning.js';
import { inCache } from './cacheErrors.js';

/** Like `a+`, but through no link: what a part is called is no secret. Windows knows no such flag, and needs none. */
const APPEND = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** A part that belongs to us. Writes go to its end. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
  size(): Promise<number>;
  /** Closes it and leaves it for the next download to resume. */
  release(): Promise<void>;
  /** Closes and deletes it. */
  discard(): Promise<void>;
}

/**
 * Takes over what an earlier download of `target` left, or begins with an empty part.
 * @throws DataError `DATA_CACHE` when the folder cannot be written
 */
export async function claimPart(target: string): Promise<PartFile> {
  const path = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  const handle = await inCache(dirname(target), async () => {
    await mkdir(dirname(target), { recursive: true });
    for (const entry of await readdir(dirname(target), { withFileTypes: true }))
      if (entry.isFile() && isAbandoned(entry.name, basename(target)))
        await take(join(dirname(target), entry.name), path);
    return open(path, APPEND);
  });
  return {
    path,
    handle,
    size: async () => (await handle.stat()).size,
    async release() {
      await handle.close();
      await rename(path, `${target}.part`);
    },
    async discard() {
      await handle.close();
      await rm(path);
    },
  };
}

function isAbandoned(name: string, target: string): boolean {
  if (name === `${target}.part`) return true;
  if (!name.startsWith(`${target}.`) || !name.endsWith('.part')) return false;
  const owner = Number(name.slice(target.length + 1).split('-')[0]);
  return Number.isSafeInteger(owner) && owner > 0 && !isRunning(owner);
}

/** Renaming is atomic: of two that want the same part one gets it, the other finds it gone. */
async function take(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
