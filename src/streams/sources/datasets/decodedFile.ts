import { createHash } from 'node:crypto';
import { access, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IdxError } from '../../../errors.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { IdxDecoder } from '../../idx/decoder.js';
import { defaultCacheFolder } from '../download/cacheFolder.js';
import { inCache } from '../download/inCache.js';

/**
 * The decompressed copy of a compressed file that is too large for memory: made once, found again while the file has the
 * same path, size and time of change.
 * @param bytes the decompressed bytes of the file
 * @throws IdxError what `IdxDecoder` and `bytes` throw, `IDX_UNSUITABLE` for what is no file; DatasetError `DATASET_CACHE`
 */
export async function decodedFile(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  options: { readonly cacheFolder?: string } = {},
): Promise<string> {
  const copy = join(options.cacheFolder ?? defaultCacheFolder(), 'decompressed', `${await fingerprint(path)}.idx`);
  if (await isThere(copy)) return copy;
  await inCache(copy, () =>
    writeAtomically(copy, async (file) => {
      const decoder = new IdxDecoder(path);
      for await (const chunk of bytes) {
        decoder.push(chunk);
        await file.appendFile(chunk);
      }
      decoder.end();
    }),
  );
  return copy;
}

async function fingerprint(path: string): Promise<string> {
  const { size, mtimeMs, isFile } = await stat(path).then((stats) => ({ ...stats, isFile: stats.isFile() }));
  if (!isFile)
    throw new IdxError({
      code: 'IDX_UNSUITABLE',
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
