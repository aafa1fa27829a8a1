import type { COMMAND_ACTIONS, CommandEvent } from '../schema.js';

/** What a person, a file or a program asks of a training. */
export interface Command {
  /**
   * `step` is one update of a paused training. `stop` ends it after the present step, `abandon` without waiting for an
   * evaluation or a last sample; both keep the model. `epochs` with the present epoch ends it after that.
   */
  readonly action: (typeof COMMAND_ACTIONS)[number];
  /** For `learningRate` the new rate, for `epochs` how many epochs there are to be in all. */
  readonly value?: number;
  /** The command takes effect after so many updates. @default at once */
  readonly step?: number;
  /** Who sends the command. @default 'api' */
  readonly from?: CommandEvent['from'];
}

/** Something that was meant to be a command, as a sentence: the run says it in a `warning`. */
export interface CommandProblem {
  readonly problem: string;
}

/** Ends a training whatever its state; with a value it is refused. */
export function endsTraining(command: Command | CommandProblem): command is Command {
  if (!('action' in command) || command.value !== undefined) return false;
  return command.action === 'stop' || command.action === 'abandon';
}
