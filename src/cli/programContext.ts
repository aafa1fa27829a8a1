import type { Readable, Writable } from 'node:stream';
import type { startWorker } from '../run/thread/startWorker.js';
import type { Terminal } from '../tui/screen/terminal.js';

/** Where a command writes: stdout is data, stderr is for people. */
export interface CliStreams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** All that a command has of its process. Signals and the working folder are the process's own. */
export interface ProgramContext extends CliStreams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** The person's terminal, the caller's to close; `undefined` where there is none. */
  terminal(): Terminal | undefined;
  /** Starts the thread of a run. */
  readonly startWorker: typeof startWorker;
  /** Leaves at once, whatever is still open. */
  exit(code: number): void;
}
