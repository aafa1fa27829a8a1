import type { Command, CommandProblem } from '../../events/commands/command.js';
import { parseCommand } from '../../events/commands/parseCommand.js';
import { quote } from '../../text/quote.js';

/**
 * Reads one line: a command, the `command` event of a run, or what is wrong with it. Empty lines and other events are
 * nothing.
 */
export function parseCommandLine(line: string): Command | CommandProblem | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  const read = parseCommand(text);
  if ('action' in read) return { ...read, from: 'file' };
  if (read.isOtherEvent) return undefined;
  return { problem: `A line of the commands is passed over, ${read.reason}: ${quote(text)}` };
}
