// Events of types that are not ours, as much of each as a row of the log shows: they may be of any size.
import { COMMON_FIELDS } from '../events/eventTypes.js';
import type { UnknownEvent } from '../events/unknownEvent.js';

export interface BriefEvent {
  readonly type: 'other';
  /** Type and fields as text, not yet printable. */
  readonly text: string;
  readonly time: string;
  readonly epoch: number;
  readonly step: number;
  readonly elapsedMs: number;
}

/** @param where the run is, for what the event does not say */
export function inBrief(event: UnknownEvent, where: Pick<BriefEvent, 'epoch' | 'step' | 'elapsedMs'>): BriefEvent {
  const { time = '', epoch = where.epoch, step = where.step, elapsedMs = where.elapsedMs } = event;
  return { type: 'other', text: textOf(event), time, epoch, step, elapsedMs };
}

/** A row is shorter on any screen. */
const MOST_CHARACTERS = 500;

function textOf(event: UnknownEvent): string {
  let text = event.type.slice(0, MOST_CHARACTERS);
  for (const name in event) {
    if (name === 'type' || COMMON_FIELDS.has(name)) continue;
    if (text.length >= MOST_CHARACTERS) break;
    text += `  ${name.slice(0, MOST_CHARACTERS)} ${valueText(event[name])}`;
  }
  return text.slice(0, MOST_CHARACTERS);
}

/** Lists and objects by their size: what is in them is for the file. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, MOST_CHARACTERS);
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'object' && value !== null ? '{…}' : String(value);
}
