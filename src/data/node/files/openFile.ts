// Opening a path for reading, and what the system says when that fails, as a DataError.
import { constants, open as openDescriptor, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { DataError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';
import { adviceForMissing } from '../../missingPath.js';

/**
 * What lies at a path, following links.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`
 */
export function inspect(path: string): Promise<Stats> {
  return stat(path).catch(fail(path));
}

/** @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE` */
export async function openForReading(path: string): Promise<FileHandle> {
  return open(path).catch(fail(path));
}

/**
 * A stream of the bytes of a file, a fifo or a device. Destroying it, or aborting, closes the file at once, also while a
 * fifo has no writer.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_NOT_A_FILE` for a folder, `DATA_UNREADABLE`
 */
export async function openReadable(path: string, signal?: AbortSignal): Promise<Readable> {
  const stats = await inspect(path);
  if (stats.isDirectory()) throw notAFile(path);
  signal?.throwIfAborted();
  const cancel = signal === undefined ? {} : { signal };
  if (!stats.isFIFO()) {
    const handle = await openForReading(path);
    return handle.createReadStream(cancel);
  }
  // A plain read of a fifo blocks a thread for as long as no one writes; a socket waits in the event loop.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK;
  const descriptor = await promisify(openDescriptor)(path, flags).catch(fail(path));
  return new Socket({ fd: descriptor, readable: true, writable: false, ...cancel });
}

/** A folder where only a file will do. */
export function notAFile(path: string): DataError {
  return new DataError({
    code: 'DATA_NOT_A_FILE',
    path,
    offset: 0,
    expected: 'a file',
    actual: 'a folder',
    advice: 'Give one of the files in it.',
  });
}

/** Turns what the file system threw into a DataError. Everything else, an abort too, stays what it is. */
export function fail(path: string): (error: unknown) => never {
  return (error) => {
    throw isSystemError(error) ? fileError(error, path) : error;
  };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('E');
}

function fileError(error: NodeJS.ErrnoException, path: string): DataError {
  const { code } = error;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DataError({
      code: 'DATA_NOT_FOUND',
      path,
      offset: 0,
      expected: 'a file or a folder',
      actual: 'nothing',
      advice: adviceForMissing(path),
      cause: error,
    });
  return new DataError({
    code: 'DATA_UNREADABLE',
    path,
    offset: 0,
    expected: 'something that can be read',
    actual: systemReason(error) ?? String(code),
    advice: code === 'EACCES' || code === 'EPERM' ? 'Allow yourself to read it.' : 'Check the path and the disk.',
    cause: error,
  });
}
