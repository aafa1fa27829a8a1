import { createHash } from 'node:crypto';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataError } from '../../../errors.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { inCache } from '../download/cacheErrors.js';
import { defaultCacheFolder } from '../download/cacheFolder.js';
import { requireRoom } from './requireRoom.js';

/** What is decompressed. */
export interface Compressed {
  readonly path: string;
  /** Which of several things in the file it is. @default all of it */
  readonly member?: string;
  /** How the copy's name ends. */
  readonly extension: string;
  /** Bytes that it promises to become. */
  readonly promised: number;
  /** The decompressed bytes, never more than are promised; fails where they are not what they should be. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The decompressed copy of what is too large for memory: made once, found again while the file has the same path, size and time of change. Not
 * begun where what is promised finds no room.
 * @throws whatever `bytes` throws; DataError `DATA_TOO_LARGE` for what is not a file, `DATA_CACHE`
 */
export async function decompressedCopy(
  { path, member, extension, promised, bytes }: Compressed,
  options: { readonly cacheFolder?: string } = {},
): Promise<string> {
  const folder = decompressedFolder(options.cacheFolder ?? defaultCacheFolder());
  const copy = join(folder, `${await fingerprint(path, member)}.${extension}`);
  if (await isThere(copy)) return copy;
  await inCache(copy, async () => {
    await requireRoom(dirname(copy), promised, 'the compressed file promises');
    await writeAtomically(copy, async (file) => {
      for await (const chunk of bytes) await file.appendFile(chunk);
    });
  });
  return copy;
}

/** Where copies are. */
export function decompressedFolder(cacheFolder: string): string {
  return join(cacheFolder, 'decompressed');
}

async function fingerprint(path: string, member: string | undefined): Promise<string> {
  const { size, mtimeMs, isFile } = await stat(path).then((stats) => ({ ...stats, isFile: stats.isFile() }));
  if (!isFile)
    throw new DataError({
      code: 'DATA_TOO_LARGE',
      path,
      offset: 0,
      expected: 'a file, or data that fit into memory',
      actual: 'a pipe with more',
      advice: 'Save it to a file first.',
    });
  return createHash('sha256')
    .update(JSON.stringify([await realpath(path), size, mtimeMs, ...(member === undefined ? [] : [member])]))
    .digest('hex')
    .slice(0, 32);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
