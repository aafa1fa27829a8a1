// What comes in from JavaScript, JSON or another thread is anything at all until it has been looked at.
import * as z from 'zod';
import { closestName } from '../../text/closestName.js';
import { describeValue } from '../../text/describeValue.js';
import { quote } from '../../text/quote.js';
import { COMMAND_ACTIONS, COMMAND_SENDERS } from '../schema.js';
import type { Command, CommandProblem } from './command.js';

const STEP = 'step is a whole number of 0 or more';

const fields = {
  action: z.enum(COMMAND_ACTIONS),
  value: z.number({ error: ({ input }) => `value is a number, not ${describeValue(input)}` }).optional(),
  step: z
    .int({ error: ({ input }) => `${STEP}, not ${describeValue(input)}` })
    .min(0, { error: ({ input }) => `${STEP}, not ${describeValue(input)}` })
    .optional(),
  from: z.enum(COMMAND_SENDERS, { error: `from is one of ${COMMAND_SENDERS.join(', ')}` }).optional(),
};
/** A misspelt field would change what the command means. */
const sentCommand = z.strictObject(fields);
/** An event of a run, which has more fields, and may have new ones. */
const recordedCommand = z.object(fields);

/** Why something is no command, as a clause. */
export interface NoCommand {
  readonly reason: string;
}

/**
 * Makes a command of anything, or says why it is none.
 * @param options.recorded it is the `command` event of a run: its further fields are passed over. @default false
 */
export function readCommand(value: unknown, { recorded = false } = {}): Command | NoCommand {
  const result = (recorded ? recordedCommand : sentCommand).safeParse(value);
  if (!result.success) return { reason: reasonOf(result.error, value) };
  const { action, value: number, step, from } = result.data;
  return {
    action,
    ...(number !== undefined && { value: number }),
    ...(step !== undefined && { step }),
    ...(from !== undefined && { from }),
  };
}

/** Itself where it is one, or the sentence that says why it is none. */
export function checkCommand(sent: unknown): Command | CommandProblem {
  if (isProblem(sent)) return { problem: sent.problem };
  const command = readCommand(sent);
  if ('action' in command) return command;
  return { problem: `A command is passed over, ${command.reason}.` };
}

function isProblem(sent: unknown): sent is CommandProblem {
  return typeof Object(sent).problem === 'string';
}

function reasonOf({ issues }: z.ZodError, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `it is ${describeValue(value)}`;
  const issue = issues.find(({ path }) => path[0] === 'action') ?? issues[0];
  if (issue?.path[0] === 'action') return actionReason((value as { readonly action?: unknown }).action);
  if (issue?.code === 'unrecognized_keys') return fieldReason(issue.keys[0] ?? '');
  return issue?.message ?? 'it is no command';
}

function actionReason(action: unknown): string {
  if (typeof action !== 'string') return `it has no action (one of ${COMMAND_ACTIONS.join(', ')})`;
  return `there is no action ${quote(action)}${suggestion(action, COMMAND_ACTIONS)}`;
}

function fieldReason(key: string): string {
  return `it has a field ${quote(key)} too many${suggestion(key, Object.keys(fields))}`;
}

function suggestion(word: string, candidates: readonly string[]): string {
  const near = closestName(word, candidates);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
