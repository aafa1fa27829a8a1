// Recordings in memory, for tests of what reads them.
import type { Recording } from '../../../src/dashboard/replay/recording.js';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { MillraceEvent } from '../../../src/events/schema.js';

export function bytesOf(events: Iterable<MillraceEvent>): Buffer {
  return Buffer.from([...events].map(encodeEvent).join(''));
}

/** Bytes that can be read at any place, `chunk` at a time. */
export function memoryRecording(bytes: Buffer, chunk = 4096): Recording {
  return {
    rereadable: true,
    closed: true,
    read: async (offset, length = chunk) => bytes.subarray(offset, offset + length),
    change: async () => undefined,
    close: async () => undefined,
  };
}

/** The same bytes, to be read once. */
export function pipedRecording(bytes: Buffer, chunk = 4096): Recording & { readonly taken: number } {
  let taken = 0;
  return {
    rereadable: false,
    get closed() {
      return taken === bytes.length;
    },
    get taken() {
      return taken;
    },
    async read() {
      const piece = bytes.subarray(taken, taken + chunk);
      taken += piece.length;
      return piece;
    },
    change: async () => undefined,
    close: async () => undefined,
  };
}
