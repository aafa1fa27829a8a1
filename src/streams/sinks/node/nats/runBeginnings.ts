import type { EventLog } from '../../../../events/node/eventLog.js';
import { parseShallowJson } from '../../../../text/parseShallowJson.js';
import type { EventId } from '../../../node/nats/eventId.js';

/** Where a run began, or went on after a resume. */
export interface Beginning {
  readonly seq: number;
  /** 0 for the first, so that events have the ids that are expected of them. */
  readonly begun: number;
}

/** The beginnings in a log, oldest first, and the id of the run; `undefined` before the first event. */
export async function runBeginnings(
  log: EventLog,
): Promise<{ readonly run: string; readonly beginnings: readonly Beginning[] } | undefined> {
  const lines = (await log.runLines()).map((line) => Object(parseShallowJson(line)) as Record<string, unknown>);
  const run = lines.find((line) => typeof line.run === 'string')?.run;
  if (run === undefined) return undefined;
  return { run: run as string, beginnings: lines.map((line, index) => beginningOf(line, index === 0)) };
}

/** @param isFirst of its file */
export function beginningOf({ seq, time }: Readonly<Record<string, unknown>>, isFirst: boolean): Beginning {
  const at = Date.parse(String(time));
  return { seq: Number.isSafeInteger(seq) ? (seq as number) : 0, begun: isFirst || Number.isNaN(at) ? 0 : at };
}

/**
 * Number of the event that a broker is to get next.
 * @param last the newest that it has
 */
export function nextAfter(last: EventId | undefined, beginnings: readonly Beginning[]): number {
  if (last === undefined) return 0;
  const next = last.part < last.parts ? last.seq : last.seq + 1;
  const at = beginnings.findIndex(({ begun }) => begun === last.begun);
  // What the broker has last was cut away by a resume: what went on then is what it lacks.
  const since = at < 0 ? beginnings.find(({ begun }) => begun > last.begun) : beginnings[at + 1];
  return since === undefined ? next : Math.min(next, since.seq);
}
