import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../../errors.js';

/** How often a growing file is looked at: a watcher of the system misses network file systems. */
const POLL_MS = 100;
const CHUNK_BYTES = 64 * 1024;

/**
 * The text of an event file, piece by piece, and then what is appended to it, until the signal aborts or the caller stops
 * asking.
 * @throws RunError `RUN_NOT_FOUND` when the file cannot be opened
 */
export async function* followFile(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const handle = await openForReading(path);
  const decoder = new StringDecoder('utf8');
  const chunk = new Uint8Array(CHUNK_BYTES);
  try {
    while (!signal.aborted) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead > 0) yield decoder.write(chunk.subarray(0, bytesRead));
      else await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await handle.close();
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new RunError({
      code: 'RUN_NOT_FOUND',
      path,
      problem: code === 'ENOENT' ? 'there is no such file' : `this file cannot be read (${code})`,
      advice: 'Name a run folder or its events.ndjson; millrace watch --list shows the runs kept here.',
      cause,
    });
  }
}
