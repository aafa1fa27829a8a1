import type { RegularFileSink } from '../../streams/sinks/node/fileSink.js';
import type { Sink } from '../../streams/sinks/sink.js';

/** The event file of a run folder: a sink that tells when what it was given is on the disk. */
export interface FlushedEvents extends Sink {
  /** Resolves when all events before `seq` are on the disk; fails where they will never be, and when the signal aborts. */
  until(seq: number, signal: AbortSignal): Promise<void>;
}

/** @param written events that the file holds, which is the `seq` of the next */
export function flushedEvents(file: RegularFileSink, written: number): FlushedEvents {
  let next = written;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  return {
    write(lines, count) {
      const pending = file.write(lines, count);
      next += count;
      wake();
      return pending;
    },
    async until(seq, signal) {
      signal.addEventListener('abort', wake);
      while (next < seq && !signal.aborted) await new Promise<void>((resolve) => waiting.add(resolve));
      signal.removeEventListener('abort', wake);
      signal.throwIfAborted();
      await file.flush();
    },
    close: () => file.close(),
  };
}
