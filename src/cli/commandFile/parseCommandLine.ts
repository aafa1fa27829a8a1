import { parseShallowJson } from '../../text/parseShallowJson.js';
import { quote } from '../../text/quote.js';
import type { Command, CommandProblem } from '../../training/commands/command.js';
import { readCommand } from '../../training/commands/readCommand.js';

/**
 * Reads one line: a command, the `command` event of a run, or what is wrong with it. Empty lines and other events are
 * nothing.
 */
export function parseCommandLine(line: string): Command | CommandProblem | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  const value = parseShallowJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return passedOver(text, `it is ${text.includes('\0') ? 'text in UTF-16 or binary data' : 'not a JSON object'}`);
  const type = 'type' in value ? value.type : undefined;
  if (type !== undefined && type !== 'command') return undefined;
  // The rule that went back will do so again.
  if (type === 'command' && (value as { readonly action?: unknown }).action === 'rollback') return undefined;
  const command = readCommand(value, { recorded: type === 'command' });
  return 'action' in command ? { ...command, from: 'file' } : passedOver(text, command.reason);
}

function passedOver(line: string, reason: string): CommandProblem {
  return { problem: `A line of the commands is passed over, ${reason}: ${quote(line)}` };
}
