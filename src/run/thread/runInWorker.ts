import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { RunError } from '../../errors.js';
import { type Command, type CommandProblem, endsTraining } from '../../events/commands/command.js';
import { checkCommand } from '../../events/commands/readCommand.js';
import type { LiveSample } from '../../events/liveSample.js';
import { unpackEvents, type ViewEvent } from '../../events/packedEvents.js';
import type { Sink } from '../../streams/sinks/sink.js';
import type { EventHistory } from '../checkpoints/resume.js';
import type { RunInput } from '../config.js';
import type { FromWorker, ToWorker } from './messages.js';
import { type PortableError, toPortable } from './portableError.js';

export interface WorkerRunOptions {
  /** Lossless: while one of them cannot take more, the training waits. Closed at the end. */
  readonly sinks: readonly Sink[];
  /** Whether someone looks at the events; otherwise `onEvents` only hears that there are some. */
  readonly shown: boolean;
  /** Sees the events, some at a time, as they arrive; nothing waits for it. */
  readonly onEvents: (events: readonly ViewEvent[]) => void;
  /** Sees the sample images between two samples. @default nobody looks */
  readonly onLiveSample?: ((sample: LiveSample) => void) | undefined;
  /** The events of a run that goes on, before the first new one. Nothing more than fits its credits comes until this is done. */
  readonly onHistory: (history: EventHistory) => Promise<void>;
  /** A sentence to show before the first event, e.g. how far a download is. */
  readonly onNotice: (text: string) => void;
  /** A sink has failed; it gets nothing more. */
  readonly onSinkError: (error: unknown) => void;
  /** Aborted here when a stop is sent: the sinks may look at it. */
  readonly stop: AbortController;
  readonly recorded: Readonly<Record<string, unknown>>;
  /** Those that the run has from its beginning. */
  readonly commands: readonly (Command | CommandProblem)[];
  /** Given to the run as its stdin. */
  readonly stdin?: Readable;
  /** The module that exports parts of the user's own. */
  readonly module?: URL;
}

/** What it needs of a worker thread. */
export type RunThread = Pick<Worker, 'on' | 'postMessage' | 'stdin' | 'terminate'>;

/** A run in its thread. */
export interface WorkerRun {
  send(command: Command | CommandProblem): void;
  /** Ends the thread at once, losing what is not written. */
  terminate(): Promise<void>;
  /** Ends the run where it is and closes what it has open; a thread that is stuck is ended after a few seconds. */
  giveUp(): void;
  /** Settles when the run is over and the sinks, closed by then, have everything: with its error, or `undefined`. */
  readonly done: Promise<PortableError | undefined>;
}

/** A run that is given up has so long to close its files: one step of a large network takes a second. */
const GIVE_UP_MS = 5000;

/** Runs in a worker thread, which `startWorker` has started; it can do this once. */
export function runInWorker(worker: RunThread, config: RunInput, options: WorkerRunOptions): WorkerRun {
  if (options.stdin && worker.stdin) options.stdin.pipe(worker.stdin);
  const post = (message: ToWorker): void => worker.postMessage(message);

  const sinks = new Set(options.sinks);
  const each = async (some: Iterable<Sink>, work: (sink: Sink) => void | Promise<void>): Promise<void> => {
    for (const sink of some) {
      try {
        await work(sink);
      } catch (error) {
        sinks.delete(sink);
        options.onSinkError(error);
      }
    }
  };
  const write = async (lines: string, count: number): Promise<void> => {
    await each(sinks, (sink) => sink.write(lines, count));
    post({ type: 'acknowledge', count });
  };

  let written = Promise.resolve();
  const done = new Promise<PortableError | undefined>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'notice') options.onNotice(message.text);
      else if (message.type === 'live') options.onLiveSample?.(message.sample);
      else if (message.type === 'history') {
        const shown = options.onHistory(message.history);
        written = written.then(() => shown);
      } else if (message.type === 'done') resolve(message.error);
      else {
        options.onEvents(unpackEvents(message.shown));
        written = written.then(() => write(message.lines, message.count));
      }
    });
    worker.on('error', (error) => resolve(failed(error)));
    worker.on('exit', (code) => resolve(lost(`the worker thread ended with code ${code}`)));
  });
  const wants = { lines: sinks.size > 0, events: options.shown, live: options.onLiveSample !== undefined };
  const { recorded, commands, module } = options;
  try {
    post({ type: 'begin', config, recorded, commands, wants, ...(module && { module: module.href }) });
  } catch (error) {
    // What cannot be copied, such as a function in `recorded`.
    void worker.terminate();
    throw error;
  }
  return {
    send(sent) {
      // Not everything crosses a port.
      const command = checkCommand(sent);
      post({ type: 'command', command });
      if (endsTraining(command)) options.stop.abort();
    },
    async terminate() {
      await worker.terminate();
    },
    giveUp() {
      post({ type: 'giveUp' });
      // It holds nothing up: without the thread, nothing is left to be ended.
      setTimeout(() => void worker.terminate(), GIVE_UP_MS).unref();
    },
    done: done.then(async (error) => {
      await written;
      await each(options.sinks, (sink) => sink.close());
      // A stdin that no one reads any more would keep the thread alive.
      await worker.terminate();
      return error;
    }),
  };
}

function lost(reason: string): PortableError {
  return portable(`the training stopped unexpectedly: ${reason}`, 'Please report this with the command you gave.');
}

function failed(error: NodeJS.ErrnoException): PortableError {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return lost(error.stack ?? error.message);
  return portable(
    'the training ran out of memory',
    'Train with smaller batches or a smaller network, or give Node more (NODE_OPTIONS=--max-old-space-size=4096).',
  );
}

function portable(problem: string, advice: string): PortableError {
  return toPortable(new RunError({ code: 'RUN_WORKER', problem, advice }));
}
