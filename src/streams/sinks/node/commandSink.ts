import { OptionError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import type { EventSink } from '../eventSink.js';
import { EndFacts } from './endFacts.js';
import { executeCommand } from './executeCommand.js';

export interface CommandSinkOptions {
  /** Milliseconds after which the command is ended. @default 300000 */
  readonly timeoutMs?: number;
  /** Ends the command when it aborts. @default never */
  readonly stop?: AbortSignal;
  /** Takes what the command writes. @default it goes to stderr */
  readonly onOutput?: (piece: Uint8Array) => void;
  /** Where the run keeps itself. @default where its `run` event says */
  readonly runFolder?: string;
  /** Variables that the command has beside the facts. @default those of this process */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const OPTIONS: OptionNames<CommandSinkOptions> = {
  timeoutMs: true,
  stop: true,
  onOutput: true,
  runFolder: true,
  environment: true,
};

const TIMEOUT_MS = 300_000;

/**
 * Runs a shell command when the sink is closed: after the end of a run, however it ended, but not where none began. What happened
 * stands in its environment: `MILLRACE_RUN` (the id), `MILLRACE_NAME`, `MILLRACE_STATUS` (`completed`, `stopped`, `failed` or
 * `diverged`), `MILLRACE_REASON` (why a rule has stopped it), `MILLRACE_ERROR`, `MILLRACE_STEPS`, `MILLRACE_EPOCHS` (finished ones),
 * `MILLRACE_TRAIN_LOSS`, `MILLRACE_TEST_LOSS`, `MILLRACE_SECONDS` and `MILLRACE_RUN_FOLDER`; what there is not is empty.
 *
 * It reads nothing, and is a process group of its own: it is ended as a whole when its time is over, with `stop`, and with this process.
 *
 * @throws OptionError where `command` is no text, or for options that do not exist. Closing fails with SinkError `SINK_COMMAND` when
 * it cannot be started, fails, or is ended
 *
 * @example
 * const sink = commandSink('echo $MILLRACE_STATUS', { onOutput: (piece) => console.log(String(piece).trim()) });
 * await run({ limit: 200, epochs: 1, output: false }, { sinks: [sink] }).forEach(() => undefined);
 * await sink.close(); // completed
 */
export function commandSink(command: string, options: CommandSinkOptions = {}): EventSink {
  requireKnownOptions(options, OPTIONS);
  if (typeof command !== 'string' || command.trim() === '')
    throw new OptionError('command', command, 'a command for the shell');
  const { timeoutMs = TIMEOUT_MS, runFolder, environment = process.env, stop, onOutput } = options;
  const facts = new EndFacts();
  return {
    takes: 'events',
    write: (event) => facts.add(event),
    async close() {
      if (!facts.begun) return;
      const variables = { ...environment, ...facts.variables(runFolder) };
      await executeCommand(command, { timeoutMs, stop, onOutput, environment: variables });
    },
  };
}
