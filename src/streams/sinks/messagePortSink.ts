import { EventPacker, type PackedEvents } from '../../events/packedEvents.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { Sink } from './sink.js';

/** The half of a MessagePort that a sink needs. */
export interface EventPort {
  postMessage(message: EventChunk): void;
}

/** Some events on their way through a message port. */
export interface EventChunk {
  readonly type: 'events';
  /** How many have been written. */
  readonly count: number;
  /** They, as whole NDJSON lines, where the reader wants lines. */
  readonly lines: string;
  /** Those that have been shown since the chunk before. */
  readonly shown: PackedEvents;
}

export interface MessagePortOptions {
  /** Send the lines; otherwise they are only counted. @default true */
  readonly lines?: boolean;
}

/** A sink whose reader hands back credits. */
export interface CreditedSink extends Sink {
  /** Sends an event that has been written to the view, with its line or later. */
  show(event: MillraceEvent): void;
  /** The reader has dealt with `count` events. */
  acknowledge(count: number): void;
}

/** Events that may be under way at once. About a second of a fast training, 300 KB. */
const UNACKNOWLEDGED = 2048;
/** Lines gathered into one message: posting each costs more than training a batch. */
const CHUNK_LINES = 512;
/** Lines that wait for company wait no longer than this: each message wakes the reader, on a core that the training uses. */
const CHUNK_MS = 50;

/**
 * Events through a message port, which by itself buffers without bound (516 MB in 2 s measured): in chunks, and with no more
 * than 2,048 events unacknowledged. `write` returns a promise while the credit is used up.
 */
export function messagePortSink(port: EventPort, { lines: sendsLines = true }: MessagePortOptions = {}): CreditedSink {
  const packer = new EventPacker();
  let gathered = '';
  let gatheredCount = 0;
  let unacknowledged = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastPost = performance.now();
  let waiting: (() => void)[] = [];

  const post = (): void => {
    clearTimeout(timer);
    timer = undefined;
    lastPost = performance.now();
    if (gatheredCount === 0 && packer.isEmpty) return;
    port.postMessage({ type: 'events', count: gatheredCount, lines: gathered, shown: packer.take() });
    gathered = '';
    gatheredCount = 0;
  };
  return {
    write(lines, count) {
      if (sendsLines) gathered += lines;
      gatheredCount += count;
      unacknowledged += count;
      // The training may keep timers from firing for a while, so the clock is looked at here too.
      if (gatheredCount >= CHUNK_LINES || performance.now() - lastPost >= CHUNK_MS) post();
      else timer ??= setTimeout(post, CHUNK_MS);
      if (unacknowledged < UNACKNOWLEDGED) return undefined;
      post();
      return new Promise((resolve) => waiting.push(resolve));
    },
    show(event) {
      packer.add(event);
      timer ??= setTimeout(post, CHUNK_MS);
    },
    acknowledge(count) {
      unacknowledged -= count;
      if (unacknowledged >= UNACKNOWLEDGED) return;
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    },
    async close() {
      post();
    },
  };
}
