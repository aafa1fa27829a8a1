// Copies of decoded images in the cache: a folder each, `images.idx` with the pixels and `about.json` with the rest. One is made beside its
// place and renamed, so that it is there as a whole or not at all, whatever stops it and however many processes make it.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from '../../../files/isRunning.js';
import { systemCode } from '../../../files/systemError.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { inCache } from '../../node/download/cacheErrors.js';
import { requireRoom } from '../../node/files/requireRoom.js';
import type { CollectedImages } from './collectImages.js';
import { IdxPixelSink, idxBytes } from './pixelSink.js';

export const IMAGES_FILE = 'images.idx';
const ABOUT_FILE = 'about.json';
const VERSION = 1;

/** What is kept of images beside their pixels. */
export interface ImageCopy extends CollectedImages {
  /** Where they come from, in full. */
  readonly source: string;
  /** When, as ISO 8601 has it. */
  readonly made: string;
}

interface About extends ImageCopy {
  readonly version: number;
}

/** Where copies are. */
export function copiesFolder(cacheFolder: string): string {
  return join(cacheFolder, 'images');
}

/** What a copy holds; `undefined` where there is none that is whole. */
export async function readCopy(folder: string): Promise<ImageCopy | undefined> {
  try {
    const { version, ...about }: About = JSON.parse(await readFile(join(folder, ABOUT_FILE), 'utf8'));
    const { size } = await stat(join(folder, IMAGES_FILE));
    return version === VERSION && size === idxBytes(about.paths.length, about.shape) ? about : undefined;
  } catch {
    // Not there, or damaged: it is made anew.
    return undefined;
  }
}

/**
 * Makes a copy where none is that is whole. Of several processes that make the same one, one wins.
 * @param images decodes them
 * @param total of all files, where it is known
 * @throws DataError `DATA_CACHE`, and what `collectImages` throws
 */
export async function makeCopy(
  folder: string,
  source: string,
  collect: (sink: IdxPixelSink, onFirst: (largestImage: number) => Promise<void>) => Promise<CollectedImages>,
  total = 1,
): Promise<ImageCopy> {
  return inCache(folder, async () => {
    await removeAbandoned(dirname(folder));
    const partial = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.partial`;
    await mkdir(partial);
    try {
      const copy = await write(partial, source, (sink) =>
        collect(sink, (largest) => requireRoom(partial, total * largest, 'the images may take')),
      );
      await put(partial, folder);
      return copy;
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  });
}

async function write(
  folder: string,
  source: string,
  collect: (sink: IdxPixelSink) => Promise<CollectedImages>,
): Promise<ImageCopy> {
  const file = await open(join(folder, IMAGES_FILE), 'wx+');
  try {
    const sink = new IdxPixelSink(file);
    const collected = await collect(sink);
    await sink.finish(collected.paths.length, collected.shape);
    const copy = { source, made: new Date().toISOString(), ...collected };
    await writeAtomically(join(folder, ABOUT_FILE), Buffer.from(JSON.stringify({ version: VERSION, ...copy })));
    return copy;
  } finally {
    await file.close();
  }
}

async function put(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
    if ((await readCopy(folder)) !== undefined) return;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
}

/** Removes what processes left that were killed. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const process = /\.(\d+)-[0-9a-f]{8}\.partial$/.exec(name)?.[1];
    if (process !== undefined && !isRunning(Number(process)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}
