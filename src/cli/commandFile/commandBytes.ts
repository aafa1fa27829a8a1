// The bytes of a file or fifo that another program writes. An empty piece says that all that is there now has been read.
import { constants, open as openDescriptor } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { RunError } from '../../errors.js';
import { systemReason } from '../../files/systemError.js';

/** How often a file is looked at: a watcher of the system misses network file systems. */
const POLL_MS = 100;
const CHUNK_BYTES = 64 * 1024;
const NOTHING = new Uint8Array();
const LINE_FEED = Uint8Array.of(10);

/**
 * Opens it for as long as the signal says.
 * @throws RunError `RUN_COMMANDS`
 */
export async function openCommandBytes(path: string, signal: AbortSignal): Promise<AsyncGenerator<Uint8Array, void>> {
  const stats = await stat(path).catch((error: unknown) => fail(path, systemReason(error) ?? String(error)));
  if (stats.isFile()) {
    const file = await open(path).catch((error: unknown) => fail(path, systemReason(error) ?? String(error)));
    return growingBytes(file, signal);
  }
  if (!stats.isFIFO()) return fail(path, stats.isDirectory() ? 'a folder' : 'a device');
  // Open for writing too: so it opens without a writer, and does not end when one goes. A plain read of a fifo would block a
  // thread for as long as no one writes; a socket waits in the event loop.
  const flags = constants.O_RDWR | constants.O_NONBLOCK;
  const descriptor = await promisify(openDescriptor)(path, flags).catch((error: unknown) =>
    fail(path, systemReason(error) ?? String(error)),
  );
  return fifoBytes(new Socket({ fd: descriptor, readable: true, writable: false }), signal);
}

/** As `tail -f` shows it: a file that is cut is read from its beginning. */
async function* growingBytes(file: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let position = 0;
  try {
    while (!signal.aborted) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
      position += bytesRead;
      yield chunk.subarray(0, bytesRead);
      if (bytesRead > 0) continue;
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
      if ((await file.stat()).size >= position) continue;
      position = 0;
      // What was cut in two does not go on.
      yield LINE_FEED;
    }
  } finally {
    await file.close();
  }
}

async function* fifoBytes(socket: Socket, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  // The reader is told by its iteration; there is none at the very beginning.
  socket.on('error', () => undefined);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  try {
    yield NOTHING;
    yield* socket;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    socket.destroy();
  }
}

function fail(path: string, actual: string): never {
  throw new RunError({
    code: 'RUN_COMMANDS',
    path,
    expected: 'a file or a fifo to read commands from',
    actual,
    advice: 'Make it first, with touch or mkfifo, or check its name.',
  });
}
