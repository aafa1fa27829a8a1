// What crosses between a run's worker thread and the thread that started it.
import { MillraceError, OptionError } from '../../errors.js';
import type { LiveSample } from '../../events/liveSample.js';
import type { EventChunk } from '../../streams/sinks/messagePortSink.js';
import type { Command, CommandProblem } from '../../training/commands/commandQueue.js';
import type { EventHistory } from '../checkpoints/resume.js';
import type { RunInput } from '../config.js';

/** What the worker is to do. */
export interface WorkerTask {
  readonly config: RunInput;
  /** Options of the caller that the `run` event is to show, e.g. where events go. */
  readonly recorded: Readonly<Record<string, unknown>>;
  /** What is known before it begins. */
  readonly commands: readonly (Command | CommandProblem)[];
  /** What the caller does with the events: their lines are sent for it to write, or they for it to show, with live samples where there is a picture of them. */
  readonly wants: { readonly lines: boolean; readonly events: boolean; readonly live: boolean };
}

export type ToWorker =
  | ({ readonly type: 'begin' } & WorkerTask)
  | { readonly type: 'acknowledge'; readonly count: number }
  | { readonly type: 'command'; readonly command: Command | CommandProblem };

export type FromWorker =
  | EventChunk
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'live'; readonly sample: LiveSample }
  | { readonly type: 'history'; readonly history: EventHistory }
  | { readonly type: 'done'; readonly error?: PortableError };

/** An error as it crosses the port, where classes and their fields are lost. */
export interface PortableError {
  readonly code: string;
  readonly message: string;
  readonly option?: string;
}

/** An error in that form; one that is not ours keeps its stack for the report. */
export function toPortable(error: unknown): PortableError {
  if (error instanceof OptionError) return { code: error.code, message: error.message, option: error.option };
  if (error instanceof MillraceError) return { code: error.code, message: error.message };
  return { code: 'UNEXPECTED', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
