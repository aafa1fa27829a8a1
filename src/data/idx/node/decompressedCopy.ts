import { createHash } from 'node:crypto';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataError } from '../../../errors.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { inCache } from '../../node/download/cacheErrors.js';
import { defaultCacheFolder } from '../../node/download/cacheFolder.js';
import { requireRoom } from '../../node/files/requireRoom.js';
import { IdxDecoder } from '../decoder.js';
import { type IdxHeader, payloadBytes } from '../header.js';

/**
 * The decompressed copy of a compressed file that is too large for memory: made once, found again while the file has the
 * same path, size and time of change. Never larger than the header promises, and not begun where that finds no room.
 * @param bytes the decompressed bytes of the file
 * @throws IdxError what `IdxDecoder` and `bytes` throw; DataError `DATA_TOO_LARGE` for what is not a file, `DATA_CACHE`
 */
export async function decodedFile(
  path: string,
  header: IdxHeader,
  bytes: AsyncIterable<Uint8Array>,
  options: { readonly cacheFolder?: string } = {},
): Promise<string> {
  const folder = decompressedFolder(options.cacheFolder ?? defaultCacheFolder());
  const copy = join(folder, `${await fingerprint(path)}.idx`);
  if (await isThere(copy)) return copy;
  await inCache(copy, async () => {
    await requireRoom(dirname(copy), header.headerBytes + payloadBytes(header), 'the compressed file promises');
    await writeAtomically(copy, async (file) => {
      const decoder = new IdxDecoder(path);
      for await (const chunk of bytes) {
        decoder.push(chunk);
        await file.appendFile(chunk);
      }
      decoder.end();
    });
  });
  return copy;
}

/** Where copies are. */
export function decompressedFolder(cacheFolder: string): string {
  return join(cacheFolder, 'decompressed');
}

async function fingerprint(path: string): Promise<string> {
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
    .update(JSON.stringify([await realpath(path), size, mtimeMs]))
    .digest('hex')
    .slice(0, 32);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
