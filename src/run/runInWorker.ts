import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { RunError } from '../errors.js';
import type { Sink } from '../streams/sinks/sink.js';
import type { Command, CommandProblem } from '../streams/training/controls.js';
import type { RunInput } from './config.js';
import type { FromWorker, PortableError, ToWorker } from './protocol.js';

export interface WorkerRunOptions {
  /** Lossless: while one of them cannot take more, the training waits. */
  readonly sinks: readonly Sink[];
  /** Sees every chunk of whole NDJSON lines as it arrives; nothing waits for it. */
  readonly onLines: (lines: string) => void;
  /** A sentence to show before the first event, e.g. how far a download is. */
  readonly onNotice: (text: string) => void;
  /** A sink has failed; it gets nothing more. */
  readonly onSinkError: (error: unknown, sink: Sink) => void;
  readonly recorded: Readonly<Record<string, unknown>>;
  /** Those that the run has from its beginning. */
  readonly commands: readonly (Command | CommandProblem)[];
  /** Given to the run as its stdin. */
  readonly stdin?: Readable;
}

/** A run in its thread. */
export interface WorkerRun {
  send(command: Command | CommandProblem): void;
  /** Ends the thread at once, losing what is not written. */
  terminate(): Promise<void>;
  /** Settles when the run is over and the sinks have everything: with its error, or `undefined`. */
  readonly done: Promise<PortableError | undefined>;
}

/** Runs in a worker thread, which `startWorker` has started; it can do this once. */
export function runInWorker(worker: Worker, config: RunInput, options: WorkerRunOptions): WorkerRun {
  if (options.stdin && worker.stdin) options.stdin.pipe(worker.stdin);
  const post = (message: ToWorker): void => worker.postMessage(message);

  const sinks = new Set(options.sinks);
  const write = async (lines: string, count: number): Promise<void> => {
    for (const sink of sinks) {
      try {
        await sink.write(lines, count);
      } catch (error) {
        sinks.delete(sink);
        options.onSinkError(error, sink);
      }
    }
    post({ type: 'acknowledge', count });
  };

  let written = Promise.resolve();
  const done = new Promise<PortableError | undefined>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'notice') options.onNotice(message.text);
      else if (message.type === 'done') resolve(message.error);
      else {
        options.onLines(message.lines);
        written = written.then(() => write(message.lines, message.count));
      }
    });
    worker.on('error', (error) => resolve(lost(error.stack ?? error.message)));
    worker.on('exit', (code) => resolve(lost(`the worker thread ended with code ${code}`)));
  });
  post({ type: 'begin', config, recorded: options.recorded, commands: options.commands });
  return {
    send: (command) => post({ type: 'command', command }),
    async terminate() {
      await worker.terminate();
    },
    done: done.then(async (error) => {
      await written;
      // A stdin that nobody reads any more would keep the thread alive.
      await worker.terminate();
      return error;
    }),
  };
}

function lost(reason: string): PortableError {
  const error = new RunError({
    code: 'RUN_WORKER',
    problem: `the training stopped unexpectedly: ${reason}`,
    advice: 'Please report this with the command you gave.',
  });
  return { code: error.code, message: error.message };
}
