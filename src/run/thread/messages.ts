// What crosses between a run's worker thread and the thread that started it.

import type { Command, CommandProblem } from '../../events/commands/command.js';
import type { LiveSample } from '../../events/liveSample.js';
import type { EventChunk } from '../../streams/sinks/messagePortSink.js';
import type { EventHistory } from '../checkpoints/resume.js';
import type { RunInput } from '../config.js';
import type { PortableError } from './portableError.js';

/** What the worker is to do. */
export interface WorkerTask {
  readonly config: RunInput;
  /** Address of the module that exports parts of the user's own. */
  readonly module?: string;
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
  | { readonly type: 'command'; readonly command: Command | CommandProblem }
  /** What an unsubscribe is to a run: stop at once, close everything. */
  | { readonly type: 'giveUp' };

export type FromWorker =
  | EventChunk
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'live'; readonly sample: LiveSample }
  | { readonly type: 'history'; readonly history: EventHistory }
  | { readonly type: 'done'; readonly error?: PortableError };
