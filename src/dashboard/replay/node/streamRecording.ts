import type { Readable } from 'node:stream';
import type { Recording } from '../recording.js';

const NOTHING = new Uint8Array();

/** A pipe: it is read when it is asked for, and once. What no one asks for stays with its writer. */
export function streamRecording(stream: Readable): Recording {
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
    read: async () => (stream.read() as Uint8Array | null) ?? NOTHING,
    change: async () => undefined,
    onReadable: (next) => {
      listener = next;
    },
    close: async () => {
      stream.destroy();
    },
  };
}
