import { once } from 'node:events';
import { encodeEvent } from '../../events/ndjson.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { OutputStream } from '../programContext.js';
import { openPublishing } from '../publishing/publishing.js';
import type { WatchPublishing } from './flags.js';
import type { NamedTrack } from './openTracks.js';

/** Who leaves does not wait longer for a broker. */
const LEAVING_MS = 1000;

/** A run that is watched, for those who ask over HTTP and for a broker. */
export interface WatchedPublishing {
  /** Where it is served, in one line; empty where it is not. */
  readonly summary: string;
  /** Takes the events as they are read. */
  push(events: readonly AnyEvent[]): void;
  /** Resolves when they are written, where no file has them. */
  written(): Promise<void>;
  /** The run is over, and nobody looks at it here: goes on until the signal, or until the broker has everything. */
  end(signal: AbortSignal): Promise<void>;
  /** What a broker has not taken, as a sentence. */
  shortcoming(): string | undefined;
  close(): Promise<void>;
}

/** @throws MillraceError where a port or a client for a broker cannot be had */
export async function publishWatched(
  { closeAtEnd, ...flags }: WatchPublishing,
  [first]: readonly NamedTrack[],
  stderr: OutputStream,
  onNotice: (sentence: string) => void,
): Promise<WatchedPublishing> {
  const file = first?.file;
  const publishing = await openPublishing(flags, { spooled: file === undefined, onNotice });
  const { greeting, isServing, spool } = publishing;
  if (file !== undefined) publishing.found(file);
  for (const line of greeting) stderr.write(`${line}\n`);
  let writing: Promise<void> = Promise.resolve();
  return {
    summary: publishing.summary,
    push(events) {
      if (spool === undefined) return;
      const lines = events.map(encodeEvent).join('');
      writing = writing.then(() => spool.write(lines, events.length));
    },
    written: () => writing,
    async end(signal) {
      await publishing.finish();
      if (!isServing || closeAtEnd || signal.aborted) return;
      onNotice(`${publishing.summary}; Ctrl-C ends it.`);
      await once(signal, 'abort');
    },
    shortcoming: () => publishing.shortcoming(),
    async close() {
      await spool?.close();
      await publishing.finish(LEAVING_MS);
      await publishing.close();
    },
  };
}
