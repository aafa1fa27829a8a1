import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataError } from '../../../errors.js';
import { systemCode } from '../../../files/systemError.js';
import { imageTypeOf } from '../../encodedImages/imageType.js';
import { type EncodedImage, encodedImage, requireFileSize } from '../../encodedImages/node/imageFile.js';
import { fail } from '../../node/files/openFile.js';
import type { ListedFile } from './listFiles.js';

/** Read of a file to see what it is: all of a small image. */
const START_BYTES = 64 * 1024;

const readLater = promisify(read);

/**
 * The bytes of an image in a folder; of other files little is read. What is small is read on this thread: to hand it to another costs five
 * times as much.
 * @throws DataError `DATA_CHANGED` where it is not the file that was listed, `DATA_UNREADABLE`; Error for one too large
 */
export async function readListedFile(folder: string, file: ListedFile): Promise<EncodedImage | undefined> {
  const path = join(folder, file.path);
  const descriptor = openListed(path);
  try {
    requireUnchanged(descriptor, path, file);
    const start = readStart(descriptor, path, Math.min(file.size, START_BYTES));
    if (imageTypeOf(start) === undefined) return undefined;
    requireFileSize(file.size);
    if (file.size <= start.length) return encodedImage(start);
    return encodedImage(Buffer.concat([start, await readRest(descriptor, path, start.length, file.size)]));
  } finally {
    closeSync(descriptor);
  }
}

/** Without waiting for anybody, should it have become a fifo. */
function openListed(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw changed(path, 'nothing');
    return fail(path)(error);
  }
}

function requireUnchanged(descriptor: number, path: string, file: ListedFile): void {
  const { size, mtimeMs } = fstatSync(descriptor);
  if (size !== file.size || mtimeMs !== file.changedMs)
    throw changed(path, `one of ${size} bytes, changed at ${new Date(mtimeMs).toISOString()}`);
}

function readStart(descriptor: number, path: string, bytes: number): Uint8Array {
  const start = new Uint8Array(bytes);
  try {
    for (let filled = 0; filled < bytes; ) {
      const bytesRead = readSync(descriptor, start, filled, bytes - filled, filled);
      if (bytesRead === 0) throw changed(path, `one of ${filled} bytes`);
      filled += bytesRead;
    }
  } catch (error) {
    fail(path)(error);
  }
  return start;
}

async function readRest(descriptor: number, path: string, from: number, to: number): Promise<Uint8Array> {
  const rest = Buffer.alloc(to - from);
  for (let at = from; at < to; ) {
    const { bytesRead } = await readLater(descriptor, rest, at - from, to - at, at).catch(fail(path));
    if (bytesRead === 0) throw changed(path, `one of ${at} bytes`);
    at += bytesRead;
  }
  return rest;
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
