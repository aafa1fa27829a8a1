// What has happened, apart from what happens all the time: the last events of a run that are worth a row.

import { isKnown, type ViewEvent } from '../events/packedEvents.js';
import type { MillraceEvent } from '../events/schema.js';
import { type BriefEvent, inBrief } from './briefEvent.js';
import { isSameMetric } from './metrics.js';

const LOGGED = ['run', 'epoch', 'evaluation', 'metric', 'checkpoint', 'command', 'warning', 'end'] as const;

/** An event of ours as it is, of others what fits a row. */
export type LoggedEvent = Extract<MillraceEvent, { readonly type: (typeof LOGGED)[number] }> | BriefEvent;

const KEPT = 1000;

/**
 * The log with the event, where it is worth a row. Of metrics that come one after the other, each has one row, and of the models that a run
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
  if (!isLogged(event)) return log;
  if (event.type === 'checkpoint' && event.requested !== true) {
    const before = log.findLastIndex((other) => other.type === 'checkpoint' && other.requested !== true);
    return appended(before < 0 ? log : log.toSpliced(before, 1), event);
  }
  if (event.type !== 'metric') return appended(log, event);
  const before = log.findLastIndex((other) => other.type !== 'metric' || isSameMetric(other, event));
  return appended(log[before]?.type === 'metric' ? log.toSpliced(before, 1) : log, event);
}

function appended(log: readonly LoggedEvent[], event: LoggedEvent): readonly LoggedEvent[] {
  return [...log.slice(1 - KEPT), event];
}

function isLogged(event: ViewEvent): event is Exclude<LoggedEvent, BriefEvent> {
  return (LOGGED as readonly string[]).includes(event.type);
}
