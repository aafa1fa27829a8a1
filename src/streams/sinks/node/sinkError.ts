import { SinkError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';

/** What a stream or the system says of a place for events: `SINK_CLOSED` where its reader has gone, else `SINK_UNWRITABLE`. */
export function sinkError(error: NodeJS.ErrnoException, name: string): SinkError {
  if (error.code === 'EPIPE' || error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_DESTROYED')
    return new SinkError({
      code: 'SINK_CLOSED',
      path: name,
      problem: 'the reader has gone',
      advice: 'The run ends here, with its model saved.',
      cause: error,
    });
  return new SinkError({
    code: 'SINK_UNWRITABLE',
    path: name,
    problem:
      error.code === 'ENOSPC'
        ? 'no space is left on the disk'
        : `events cannot be written (${systemReason(error) ?? error.message})`,
    advice: 'Make room or choose another place.',
    cause: error,
  });
}
