import { createGunzip, type Gunzip } from 'node:zlib';
import { DataError } from '../../../errors.js';

/** Output arrives in pieces of this size; four times zlib's default saves as many turns of the event loop. */
const OUTPUT_BYTES = 64 * 1024;

/** The checksum and the length at the end of a gzip member. */
const TRAILER_BYTES = 8;

const WAKING = ['readable', 'end', 'error'];

/** Whether bytes begin as gzip does. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * Decompresses gzip, one or more members, checksums checked; zeros after the last member are padding. Asks for the next
 * input only when all output of the last one is taken, so that at most one chunk of each is held.
 * @throws DataError `DATA_GZIP`, whose `offset` counts the bytes that came out before; and whatever `bytes` throws
 */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void> {
  const zlib = createGunzip({ chunkSize: OUTPUT_BYTES });
  // Failures are thrown where output is awaited; without a listener the process would end.
  zlib.on('error', () => undefined);
  let offset = 0;
  let ended = false;
  try {
    for await (const chunk of trailerApart(bytes)) {
      const before = zlib.bytesWritten;
      if (!ended)
        for await (const output of outputOf(zlib, (done) => zlib.write(chunk, done))) {
          offset += output.length;
          yield output;
        }
      const rest = chunk.subarray(zlib.bytesWritten - before);
      checkPadding(rest, path, offset);
      // zlib takes no more after a zero that follows a member, and everything as long as there is none.
      ended ||= rest.length > 0;
    }
    if (!ended) yield* outputOf(zlib, () => zlib.end());
  } catch (error) {
    throw isZlibError(error) ? gzipError(error, path, offset) : error;
  } finally {
    zlib.destroy();
  }
}

/**
 * The same bytes, the last eight as a chunk of their own: where a checksum does not match, zlib drops what came out of
 * the same write, and the error's offset would be too low.
 */
async function* trailerApart(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    const all = Buffer.concat([held, chunk]);
    const end = Math.max(0, all.length - TRAILER_BYTES);
    if (end > 0) yield all.subarray(0, end);
    held = all.subarray(end);
  }
  if (held.length > 0) yield held;
}

/**
 * What comes out of one write to zlib, or of its end. The callback of a write says that all of it was taken; it never comes
 * after an error. That of `end` comes before the last check: the end of the output has to be awaited instead.
 */
async function* outputOf(zlib: Gunzip, write: (done: () => void) => void): AsyncGenerator<Uint8Array, void> {
  let taken = false;
  let wake = (): void => undefined;
  const woken = (): void => wake();
  for (const event of WAKING) zlib.on(event, woken);
  write(() => {
    taken = true;
    wake();
  });
  try {
    while (!zlib.readableEnded) {
      const output: Uint8Array | null = zlib.read();
      if (output !== null) yield output;
      else if (zlib.errored !== null) throw zlib.errored;
      else if (taken) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    for (const event of WAKING) zlib.off(event, woken);
  }
}

function checkPadding(rest: Uint8Array, path: string, offset: number): void {
  if (rest.every((byte) => byte === 0)) return;
  throw new DataError({
    code: 'DATA_GZIP',
    path,
    offset,
    expected: 'nothing but padding after the gzip data',
    actual: 'other bytes',
    advice: 'The file is damaged; fetch it again.',
  });
}

function isZlibError(error: unknown): error is NodeJS.ErrnoException {
  return String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('Z_');
}

function gzipError(error: NodeJS.ErrnoException, path: string, offset: number): DataError {
  const ended = error.code === 'Z_BUF_ERROR';
  const mismatch = error.message === 'incorrect data check';
  return new DataError({
    code: 'DATA_GZIP',
    path,
    offset,
    expected: 'intact gzip data',
    actual: ended ? 'the end of the file' : mismatch ? 'a checksum (CRC-32) that does not match' : error.message,
    advice: ended ? 'The file is probably a partial download; fetch it again.' : 'The file is damaged; fetch it again.',
    cause: error,
  });
}
