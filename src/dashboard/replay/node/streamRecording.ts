import type { Readable } from 'node:stream';
import type { Recording } from '../recording.js';
import { requireText } from '../requireText.js';

const NOTHING = new Uint8Array();

/**
 * A pipe: it is read when it is asked for, and once. What no one asks for stays with its writer. Reading fails with a RunError
 * `RUN_NOT_FOUND` where what comes first is no text.
 * @param path names it in errors
 */
export function streamRecording(stream: Readable, path = 'stdin'): Recording {
  let isFirst = true;
  let listener = (): void => undefined;
  let closed = false;
  const end = (): void => {
    closed = true;
    listener();
  };
  stream.on('readable', () => listener());
  stream.on('end', end);
  // A writer that breaks off has written what it has written.
  stream.on('error', end);
  stream.on('close', end);
  return {
    rereadable: false,
    get closed() {
      return closed;
    },
    async read() {
      const bytes = (stream.read() as Uint8Array | null) ?? NOTHING;
      if (isFirst) requireText(path, bytes);
      isFirst &&= bytes.length === 0;
      return bytes;
    },
    change: async () => undefined,
    onReadable: (next) => {
      listener = next;
    },
    close: async () => {
      stream.destroy();
    },
  };
}
