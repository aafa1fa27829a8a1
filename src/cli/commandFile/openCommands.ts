import type { Command, CommandProblem } from '../../events/commands/command.js';
import { MOST_WAITING } from '../../training/commands/commandQueue.js';
import { openCommandBytes } from './commandBytes.js';
import { CommandReader } from './commandReader.js';

/** A file or fifo of commands, opened; its owner closes it. */
export interface CommandFile {
  /** What a file holds at the beginning. */
  readonly present: readonly (Command | CommandProblem)[];
  /** Calls back for what is written from then on. */
  follow(listener: (command: Command | CommandProblem) => void): void;
  /** Resolves when nothing is read any more. */
  close(): Promise<void>;
}

/**
 * Opens a file or fifo of commands, one a line, and reads what a file holds.
 * @throws RunError `RUN_COMMANDS` where there is none
 */
export async function openCommands(path: string): Promise<CommandFile> {
  const closing = new AbortController();
  const bytes = await openCommandBytes(path, closing.signal);
  const reader = new CommandReader();
  const present: (Command | CommandProblem)[] = [];
  for (let piece = await bytes.next(); piece.done !== true && piece.value.length > 0; piece = await bytes.next())
    // More could not wait anyway; the run says so when it is given one too many.
    present.push(...reader.push(piece.value).slice(0, MOST_WAITING + 1 - present.length));

  let following = Promise.resolve();
  const listen = async (listener: (command: Command | CommandProblem) => void): Promise<void> => {
    try {
      for await (const piece of bytes) for (const command of reader.push(piece)) listener(command);
    } catch (error) {
      listener({ problem: `No more commands are read from ${path}: ${String(error)}` });
    }
  };
  return {
    present,
    follow(listener) {
      following = listen(listener);
    },
    async close() {
      closing.abort();
      await following;
      await bytes.return();
    },
  };
}
