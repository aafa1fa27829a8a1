import { Readable } from 'node:stream';
import { DataError, MillraceError } from '../../../errors.js';
import { type ImageType, imageTypeOf, TYPE_BYTES } from '../../encodedImages/imageType.js';
import { isHidden } from '../../encodedImages/isHidden.js';
import {
  type EncodedImage,
  encodedImage,
  type ImageFile,
  LARGEST_FILE,
  requireFileSize,
} from '../../encodedImages/node/imageFile.js';

/**
 * The files in a tar archive, one after the other; their paths are names and nothing is written. Of a file that is no image only the
 * beginning is kept, of an image as much as one may have. Hidden ones and links are left out.
 * @throws DataError `TAR_DAMAGED`, and what `bytes` throws
 */
export async function* tarEntries(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<ImageFile, void> {
  const { extract } = await import('tar-stream');
  const archive = extract();
  const source = Readable.from(bytes, { objectMode: false });
  source.on('error', (error) => archive.destroy(error));
  source.pipe(archive);
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      const names = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
      const isRead = (type === 'file' || type === 'contiguous-file') && names.length > 0 && !names.some(isHidden);
      requireEnd(entry.header);
      const content = await contentOf(entry);
      if (isRead) yield { path: names.join('/'), read: async () => content() };
    }
  } catch (error) {
    throw error instanceof MillraceError || source.errored === error ? error : damaged(path, error);
  } finally {
    archive.destroy();
    source.destroy();
  }
}

/** tar-stream never ends an entry without a size, nor a folder that has one: to read it would be to wait for ever. @throws Error */
function requireEnd({ size, type }: { readonly size: number; readonly type: string }): void {
  if (!Number.isSafeInteger(size)) throw new Error('an entry without a size');
  if (type === 'directory' && size > 0) throw new Error('a folder that has bytes');
}

type Entry = AsyncIterable<unknown> & { readonly header: { readonly size: number } };

/** Reads an entry to its end: what follows in the archive comes after it. */
async function contentOf(entry: Entry): Promise<() => EncodedImage | undefined> {
  const { size } = entry.header;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let type: ImageType | undefined;
  for await (const chunk of entry as AsyncIterable<Uint8Array>) {
    if (bytes >= TYPE_BYTES && (type === undefined || size > LARGEST_FILE)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    type ??= imageTypeOf(Buffer.concat(chunks));
  }
  return () => {
    if (type !== undefined) requireFileSize(size);
    return encodedImage(Buffer.concat(chunks));
  };
}

function damaged(path: string, cause: unknown): DataError {
  return new DataError({
    code: 'TAR_DAMAGED',
    path,
    expected: 'a whole tar archive',
    actual: cause instanceof Error ? cause.message.replace(/\.+$/, '').slice(0, 120) : 'something else',
    advice: 'The file is damaged or a partial download; fetch it again.',
    cause,
  });
}
