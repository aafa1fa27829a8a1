// What has happened, apart from what happens all the time: the last events of a run that are worth a row.

import type { ViewEvent } from '../events/packedEvents.js';
import type { MillraceEvent } from '../events/schema.js';

const LOGGED = ['run', 'epoch', 'evaluation', 'checkpoint', 'command', 'warning', 'end'] as const;

export type LoggedEvent = Extract<MillraceEvent, { readonly type: (typeof LOGGED)[number] }>;

const KEPT = 1000;

/** The log with the event, where it is one of these. */
export function logged(log: readonly LoggedEvent[], event: ViewEvent): readonly LoggedEvent[] {
  return isLogged(event) ? [...log.slice(1 - KEPT), event] : log;
}

function isLogged(event: ViewEvent): event is LoggedEvent {
  return (LOGGED as readonly string[]).includes(event.type);
}
