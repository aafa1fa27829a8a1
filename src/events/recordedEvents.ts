import type { EventLine } from './eventLines.js';
import type { FileChange } from './fileChange.js';

/** What a recorded or growing run is read by, whatever it is written in. */
export interface RecordedRun {
  /** What was read can be read again, from any place. */
  readonly rereadable: boolean;
  /** Nothing will follow what can be read now. */
  readonly closed: boolean;
  /** Another tool has written it, which says nothing of data, network and engine. @default false */
  readonly isForeign?: boolean;
  /** Sentences about how it is read, where that had to be guessed, and what is left out. @default none */
  readonly remarks?: readonly string[];
  /** What became of it since the last look. @param offset how far it has been read */
  change(offset: number): Promise<FileChange | undefined>;
  /** Calls back when there may be more to read. Without it, looking again now and then has to do. */
  onReadable?(listener: () => void): void;
  close(): Promise<void>;
}

/** Reads on through a recorded run. */
export interface EventReading {
  /** Place that has been read up to, what waits for its rest included. */
  readonly offset: number;
  /** What comes next, as much as one read gives; `undefined` at the present end. */
  next(): Promise<readonly EventLine[] | undefined>;
}

/** A run whose events are made while it is read: it knows itself where a place is. */
export interface RecordedEvents extends RecordedRun {
  /** @param place 0, or where an event that was read before has ended */
  eventsFrom(place: number): EventReading;
}
