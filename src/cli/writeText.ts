import { SinkError } from '../errors.js';
import { systemReason } from '../files/systemError.js';
import type { OutputStream } from './programContext.js';

/**
 * Writes to a stream and waits until it is taken. A reader that has gone (`| head -1`) has all it wanted: no error.
 * @throws SinkError `SINK_UNWRITABLE`, e.g. a full disk
 */
export async function writeText(stream: OutputStream, text: string): Promise<void> {
  await writeChunk(stream, text);
}

/**
 * Writes to a stream and waits until it is taken.
 * @returns false where the reader has gone: there is no one to compute any more for
 * @throws SinkError `SINK_UNWRITABLE`, e.g. a full disk
 */
export function writeChunk(stream: OutputStream, chunk: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') resolve(false);
      else reject(unwritableStdout(error));
    };
    // Stays after a failure: the event follows the callback, and without a listener it would end the process.
    stream.once('error', fail);
    stream.write(chunk, (error) => {
      if (error != null) return fail(error);
      stream.off('error', fail);
      resolve(true);
    });
  });
}

/** What a person is told when stdout takes no more. */
export function unwritableStdout(error: NodeJS.ErrnoException): SinkError {
  return new SinkError({
    code: 'SINK_UNWRITABLE',
    path: 'stdout',
    expected: 'a place that takes the output',
    actual: systemReason(error) ?? error.message,
    advice: 'Make room or choose another place.',
    cause: error,
  });
}
