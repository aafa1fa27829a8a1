import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import { systemCode } from '../../../files/systemError.js';
import { imageTypeOf } from '../../encodedImages/imageType.js';
import { type EncodedImage, encodedImage, requireFileSize } from '../../encodedImages/node/imageFile.js';
import { fail } from '../../node/files/openFile.js';
import type { ListedFile } from './listFiles.js';

/** Read of a file to see what it is: all of a small image. */
const START_BYTES = 64 * 1024;

/**
 * The bytes of an image in a folder; of other files little is read.
 * @throws DataError `DATA_CHANGED` where it is not the file that was listed, `DATA_UNREADABLE`; Error for one too large
 */
export async function readListedFile(folder: string, file: ListedFile): Promise<EncodedImage | undefined> {
  const path = join(folder, file.path);
  const handle = await open(path).catch((error) => (systemCode(error) === 'ENOENT' ? undefined : fail(path)(error)));
  if (handle === undefined) throw changed(path, 'nothing');
  try {
    const { size, mtimeMs } = await handle.stat();
    if (size !== file.size || mtimeMs !== file.changedMs)
      throw changed(path, `one of ${size} bytes, changed at ${new Date(mtimeMs).toISOString()}`);
    const start = await readPart(handle, path, 0, Math.min(size, START_BYTES));
    if (imageTypeOf(start) === undefined) return undefined;
    requireFileSize(size);
    if (size <= start.length) return encodedImage(start);
    return encodedImage(Buffer.concat([start, await readPart(handle, path, start.length, size - start.length)]));
  } finally {
    await handle.close();
  }
}

async function readPart(handle: FileHandle, path: string, position: number, bytes: number): Promise<Uint8Array> {
  const part = Buffer.alloc(bytes);
  for (let filled = 0; filled < bytes; ) {
    const { bytesRead } = await handle.read(part, filled, bytes - filled, position + filled).catch(fail(path));
    if (bytesRead === 0) throw changed(path, `one of ${position + filled} bytes`);
    filled += bytesRead;
  }
  return part;
}

function changed(path: string, actual: string): DataError {
  return new DataError({
    code: 'DATA_CHANGED',
    path,
    expected: 'the file as it was when its folder was listed',
    actual,
    advice: 'Leave the folder alone while it is read, and start again.',
  });
}
