import type { Command } from 'commander';
import { OptionError } from '../../errors.js';

/** Where events go besides the run folder: the same for a run that is trained and for one that is watched. */
export interface SinkFlags {
  /** A folder of TensorBoard's event files. */
  readonly tensorboard?: string;
  /** The table of losses; those of epochs and metrics lie beside it. */
  readonly csv?: string;
  /** A folder of pictures. */
  readonly png?: string;
  /** A command for the shell. */
  readonly onEnd?: string;
}

export const SINK_FLAGS = ['tensorboard', 'csv', 'png', 'onEnd'] as const satisfies readonly (keyof SinkFlags)[];

/** Adds them. */
export function addSinkFlags(command: Command): Command {
  return command
    .option('--tensorboard <folder>', 'event files for TensorBoard, each run in a folder of its own')
    .option('--csv <file>', 'losses as a table; those of epochs and metrics beside it, FILE-epochs, FILE-metrics')
    .option('--png <folder>', 'each sample as a picture, by its step')
    .option(
      '--on-end <command>',
      'run this in a shell when the run is over, with MILLRACE_STATUS … in its environment',
    );
}

/** Those that are given. @throws OptionError where one is empty, or stdout, which takes one stream and no files */
export function sinkFlagsOf(flags: SinkFlags): SinkFlags {
  const given: Record<string, string> = {};
  for (const flag of SINK_FLAGS) {
    const value = flags[flag];
    if (value === undefined) continue;
    if (value.trim() === '' || (value === '-' && flag !== 'onEnd'))
      throw new OptionError(flag, value, EXPECTED[flag], 'Name one, or leave it out.');
    given[flag] = value;
  }
  return given;
}

const EXPECTED: Readonly<Record<(typeof SINK_FLAGS)[number], string>> = {
  tensorboard: 'a folder',
  csv: 'a file',
  png: 'a folder',
  onEnd: 'a command',
};
