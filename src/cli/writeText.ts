import { SinkError } from '../errors.js';
import { systemReason } from '../files/systemError.js';
import type { OutputStream } from './programContext.js';

/**
 * Writes to a stream and waits until it is taken. A reader that has gone (`| head -1`) has all it wanted: no error.
 * @throws SinkError `SINK_UNWRITABLE`, e.g. a full disk
 */
export function writeText(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') resolve();
      else reject(unwritableStdout(error));
    };
    // Stays after a failure: the event follows the callback, and without a listener it would end the process.
    stream.once('error', fail);
    stream.write(text, (error) => {
      if (error != null) return fail(error);
      stream.off('error', fail);
      resolve();
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
