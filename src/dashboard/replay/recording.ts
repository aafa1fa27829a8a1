import type { FileChange } from '../../events/fileChange.js';

/** The bytes of a recorded or growing run. */
export interface Recording {
  /** What was read can be read again, from any place. */
  readonly rereadable: boolean;
  /** Nothing will follow what can be read now. */
  readonly closed: boolean;
  /** Bytes from this place; empty where there are none yet. A stream has no other place than the one it is at. */
  read(offset: number, length?: number): Promise<Uint8Array>;
  /** What became of it since the last look. @param offset how far it has been read */
  change(offset: number): Promise<FileChange | undefined>;
  /** Calls back when there may be more to read. Without it, looking again now and then has to do. */
  onReadable?(listener: () => void): void;
  close(): Promise<void>;
}
