import { parseShallowJson } from '../../text/parseShallowJson.js';
import { quote } from '../../text/quote.js';
import type { Command } from './command.js';
import { type NoCommand, readCommand } from './readCommand.js';

/** Why a text is no command; an event that is none may be meant for others. */
export interface NoCommandText extends NoCommand {
  readonly isOtherEvent?: true;
}

/** Reads the text of a command or of the `command` event of a run, or says as a clause why it is none. */
export function parseCommand(text: string): Command | NoCommandText {
  const value = parseShallowJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: `it is ${text.includes('\0') ? 'text in UTF-16 or binary data' : 'not a JSON object'}` };
  const type = 'type' in value ? value.type : undefined;
  if (type !== undefined && type !== 'command')
    return { reason: `it is of the type ${quote(String(type))}`, isOtherEvent: true };
  // The rule that went back will do so again.
  if (type === 'command' && (value as { readonly action?: unknown }).action === 'rollback')
    return { reason: 'only a rule decides a rollback', isOtherEvent: true };
  return readCommand(value, { recorded: type === 'command' });
}
