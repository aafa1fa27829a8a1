import * as z from 'zod';
import { COMMAND_ACTIONS } from '../../events/schema.js';
import { closestName } from '../../text/closestName.js';
import { parseShallowJson } from '../../text/parseShallowJson.js';
import { quote } from '../../text/quote.js';
import type { Command, CommandProblem } from '../../training/commands/commandQueue.js';

const fields = {
  action: z.enum(COMMAND_ACTIONS),
  value: z.number({ error: 'value is a number' }).optional(),
  step: z
    .int({ error: 'step is a whole number of 0 or more' })
    .min(0, { error: 'step is a whole number of 0 or more' })
    .optional(),
};
/** A misspelt field would change what the command means. */
const writtenCommand = z.strictObject(fields);
/** A line of a run's events, which have more fields, and may have new ones. */
const recordedCommand = z.object(fields);

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
  const result = (type === undefined ? writtenCommand : recordedCommand).safeParse(value);
  if (!result.success) return passedOver(text, reasonOf(result.error, value));
  const { action, value: number, step } = result.data;
  return { action, ...(number !== undefined && { value: number }), ...(step !== undefined && { step }), from: 'file' };
}

function passedOver(line: string, reason: string): CommandProblem {
  return { problem: `A line of the commands is passed over, ${reason}: ${quote(line)}` };
}

function reasonOf({ issues: [issue] }: z.ZodError, value: object): string {
  if (issue?.code === 'unrecognized_keys') return `it has a field ${quote(issue.keys[0] ?? '')} too many`;
  if (issue?.path[0] !== 'action') return issue?.message ?? 'it is not a command';
  const action = 'action' in value ? value.action : undefined;
  if (typeof action !== 'string') return 'it has no action';
  const near = closestName(action, COMMAND_ACTIONS);
  return `there is no action ${quote(action)}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}
