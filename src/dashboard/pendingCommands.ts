// Commands between the key and their effect.
import { isKnown, type KnownViewEvent, type ViewEvent } from '../events/packedEvents.js';
import type { RunCommand } from './intent.js';

/** What is still open after an event. */
export function stillPending(pending: readonly RunCommand[], event: ViewEvent): readonly RunCommand[] {
  if (pending.length === 0 || !isKnown(event)) return pending;
  if (event.type === 'end' || event.type === 'run') return [];
  const done = pending.findIndex((command) => isAnsweredBy(command, event));
  return done < 0 ? pending : pending.filter((_, place) => place !== done);
}

/** What takes its time is over with its result, all others with the event of their own name. */
function isAnsweredBy({ action }: RunCommand, event: KnownViewEvent): boolean {
  // A command that makes no sense comes back as a warning that names it.
  if (event.type === 'warning') return event.message.includes(` ${action} `);
  if (action === 'save') return event.type === 'checkpoint';
  if (action === 'evaluate') return event.type === 'evaluation';
  return event.type === 'command' && event.action === action;
}
