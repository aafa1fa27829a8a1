import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { SinkError } from '../../errors.js';
import type { Sink } from './sink.js';
import { writableSink } from './writable.js';

/**
 * Events into a file that is new or empty, a fifo or a device; synced to the disk on close. A file with something in it is
 * never overwritten or mixed.
 *
 * @throws SinkError `SINK_EXISTS` for a file with something in it, `SINK_UNWRITABLE` where none can be made
 */
export async function fileSink(path: string): Promise<Sink> {
  const handle = await openForAppending(path);
  const { isFile, size } = await handle.stat().then((stat) => ({ isFile: stat.isFile(), size: stat.size }));
  if (isFile && size > 0) {
    await handle.close();
    throw new SinkError({
      code: 'SINK_EXISTS',
      path,
      problem: 'this file already holds something',
      advice: 'Choose another name, or move the file away; events are never mixed or overwritten.',
    });
  }
  const stream = createWriteStream(path, { fd: handle, flush: isFile });
  return writableSink(stream, { name: path });
}

async function openForAppending(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SinkError({
      code: 'SINK_UNWRITABLE',
      path,
      problem: `events cannot be written here (${code ?? String(cause)})`,
      advice:
        code === 'EISDIR' ? 'Name a file, or - for stdout.' : 'Check that the folder exists and may be written to.',
      cause,
    });
  }
}
