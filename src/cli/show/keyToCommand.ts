import type { Intent } from '../../dashboard/intent.js';
import type { Command } from '../../events/commands/command.js';

/** What a key asks of the run; `undefined` where it asks something of the program. */
export function commandOf(intent: Intent): Command | undefined {
  if (intent.type !== 'command') return undefined;
  const { action, value } = intent;
  return { action, ...(value !== undefined && { value }), from: 'keyboard' };
}
