// Opening a path for reading, and what the system says when that fails, as an IdxError.
import { constants, open as openDescriptor, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { IdxError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';

/**
 * What lies at a path, following links.
 * @throws IdxError `IDX_NOT_FOUND`, `IDX_NOT_A_FILE` for a folder, `IDX_UNREADABLE`
 */
export async function inspect(path: string): Promise<Stats> {
  const stats = await stat(path).catch(fail(path));
  if (!stats.isDirectory()) return stats;
  throw new IdxError({
    code: 'IDX_NOT_A_FILE',
    path,
    offset: 0,
    expected: 'a file',
    actual: 'a folder',
    advice: 'Give one of the files in it.',
  });
}

/** @throws IdxError `IDX_NOT_FOUND`, `IDX_UNREADABLE` */
export async function openForReading(path: string): Promise<FileHandle> {
  return open(path).catch(fail(path));
}

/**
 * A stream of the bytes of a file, a fifo or a device. Destroying it, or aborting, closes the file at once, also while a
 * fifo has no writer.
 * @throws IdxError `IDX_NOT_FOUND`, `IDX_NOT_A_FILE`, `IDX_UNREADABLE`
 */
export async function openReadable(path: string, signal?: AbortSignal): Promise<Readable> {
  const stats = await inspect(path);
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

/** Turns what the file system threw into an IdxError. Everything else, an abort too, stays what it is. */
export function fail(path: string): (error: unknown) => never {
  return (error) => {
    throw isSystemError(error) ? fileError(error, path) : error;
  };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('E');
}

function fileError(error: NodeJS.ErrnoException, path: string): IdxError {
  const { code } = error;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new IdxError({
      code: 'IDX_NOT_FOUND',
      path,
      offset: 0,
      expected: 'a file',
      actual: 'nothing',
      advice: 'Check the path.',
      cause: error,
    });
  return new IdxError({
    code: 'IDX_UNREADABLE',
    path,
    offset: 0,
    expected: 'a file that can be read',
    actual: systemReason(error) ?? String(code),
    advice: code === 'EACCES' || code === 'EPERM' ? 'Allow yourself to read it.' : 'Check the path and the disk.',
    cause: error,
  });
}
