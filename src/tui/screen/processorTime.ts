import { closeSync, openSync, readSync } from 'node:fs';

export interface ProcessorTime {
  /** Milliseconds that this thread has had a core so far. */
  read(): number;
  /** May be called more than once. */
  close(): void;
}

/** Of Linux's scheduler: nanoseconds on a core, nanoseconds waiting for one, time slices. */
const SCHEDULER = '/proc/thread-self/schedstat';
const MOST_BYTES = 64;

/**
 * The time that this thread has had a core, and not what it has waited for one: a training keeps all of them busy, and a frame that took
 * 2 ms of work would count as 20. Only Linux tells it.
 *
 * @param wall what counts elsewhere
 */
export function processorTime(wall: () => number): ProcessorTime {
  let file: number | undefined;
  try {
    file = openSync(SCHEDULER, 'r');
  } catch {
    return { read: wall, close: () => undefined };
  }
  const bytes = Buffer.alloc(MOST_BYTES);
  return {
    read: () => {
      if (file === undefined) return wall();
      return Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, MOST_BYTES, 0)), 10) / 1e6;
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
