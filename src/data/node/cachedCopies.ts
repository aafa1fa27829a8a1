// What the cache holds that can be made again from files of the user's own: images that were decoded, and arrays decompressed.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../files/systemError.js';
import { copiesFolder, IMAGES_FILE, readCopy, removeAbandoned } from '../encodedImages/node/imageCopies.js';
import { inCache } from './download/cacheErrors.js';
import { decompressedFolder } from './files/decompressedCopy.js';

/** One copy. */
export interface CachedCopy {
  /** A folder or a file. */
  readonly path: string;
  readonly bytes: number;
  /** When it was made, as ISO 8601 has it. */
  readonly made: string;
  /** `[images, height, width, channels]` of decoded images. */
  readonly shape?: readonly number[];
  /** The folder or the archive that decoded images come from. */
  readonly source?: string;
}

/** All copies, the oldest first. @throws DataError `DATA_CACHE` */
export async function listCachedCopies(cacheFolder: string): Promise<CachedCopy[]> {
  const images = await Promise.all((await entriesOf(copiesFolder(cacheFolder))).map(imageCopy));
  const decompressed = await Promise.all((await entriesOf(decompressedFolder(cacheFolder))).map(decompressedCopy));
  return [...images, ...decompressed]
    .filter((copy) => copy !== undefined)
    .sort((one, other) => (one.made < other.made ? -1 : 1));
}

/** Removes copies, and what processes left that were killed while they made one. @throws DataError `DATA_CACHE` */
export async function removeCachedCopies(copies: readonly CachedCopy[], cacheFolder: string): Promise<void> {
  await inCache(copiesFolder(cacheFolder), async () => {
    for (const { path } of copies) await rm(path, { recursive: true, force: true });
    const folder = copiesFolder(cacheFolder);
    if ((await entriesOf(folder)).length > 0) await removeAbandoned(folder);
  });
}

async function imageCopy(path: string): Promise<CachedCopy | undefined> {
  const copy = await readCopy(path);
  if (copy === undefined) return undefined;
  const { source, made, paths, shape } = copy;
  const { size } = await stat(join(path, IMAGES_FILE));
  return { path, bytes: size, made, shape: [paths.length, ...shape], source };
}

async function decompressedCopy(path: string): Promise<CachedCopy | undefined> {
  if (!/\.(idx|npy)$/.test(path)) return undefined;
  const { size, mtime } = await stat(path);
  return { path, bytes: size, made: mtime.toISOString() };
}

async function entriesOf(folder: string): Promise<string[]> {
  return inCache(folder, async () => {
    try {
      return (await readdir(folder)).map((name) => join(folder, name));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  });
}
