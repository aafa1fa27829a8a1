// What has happened, apart from what happens all the time: the last events of a run that are worth a row.

import { isKnown, type ViewEvent } from '../events/packedEvents.js';
import type { MillraceEvent } from '../events/schema.js';
import { type BriefEvent, inBrief, isTold, toldInBrief } from './briefEvent.js';
import { isSameMetric } from './metrics.js';

const LOGGED = ['run', 'epoch', 'evaluation', 'metric', 'checkpoint', 'command', 'warning', 'end'] as const;

/** An event of ours as it is, of others what fits a row. */
export type LoggedEvent = Extract<MillraceEvent, { readonly type: (typeof LOGGED)[number] }> | BriefEvent;

const KEPT = 1000;

/**
 * The log with the event, where it is worth a row. Of metrics and whatever else
 * comes again under one name, each has one row among those that come one after the other, and of the models that a run
 * saves by itself only the newest has one: they would leave nothing else.
 *
 * @param where the run is, for events of others that do not say
 */
export function logged(
  log: readonly LoggedEvent[],
  event: ViewEvent,
  where: Pick<BriefEvent, 'epoch' | 'step' | 'elapsedMs'>,
): readonly LoggedEvent[] {
  if (!isKnown(event)) return appended(log, inBrief(event, where));
  if (isTold(event)) return repeated(log, toldInBrief(event));
  if (!isLogged(event)) return log;
  if (event.type === 'checkpoint' && event.requested !== true) {
    const before = log.findLastIndex((other) => other.type === 'checkpoint' && other.requested !== true);
    return appended(before < 0 ? log : log.toSpliced(before, 1), event);
  }
  return event.type === 'metric' ? repeated(log, event) : appended(log, event);
}

/** What was last said of the same thing leaves for it, unless something else has happened since then. */
function repeated(log: readonly LoggedEvent[], event: LoggedEvent): readonly LoggedEvent[] {
  const before = log.findLastIndex((other) => !comesAgain(other) || isSame(other, event));
  const last = log[before];
  return appended(last !== undefined && comesAgain(last) ? log.toSpliced(before, 1) : log, event);
}

function comesAgain(event: LoggedEvent): boolean {
  return event.type === 'metric' || (event.type === 'other' && event.subject !== undefined);
}

function isSame(one: LoggedEvent, other: LoggedEvent): boolean {
  if (one.type === 'metric') return other.type === 'metric' && isSameMetric(one, other);
  return one.type === 'other' && other.type === 'other' && one.subject === other.subject;
}

function appended(log: readonly LoggedEvent[], event: LoggedEvent): readonly LoggedEvent[] {
  return [...log.slice(1 - KEPT), event];
}

function isLogged(event: ViewEvent): event is Exclude<LoggedEvent, BriefEvent> {
  return (LOGGED as readonly string[]).includes(event.type);
}
