// Events that may be of any size, those of others and what users tell of a training: as much of each as a row of the log shows.
import { COMMON_FIELDS } from '../events/eventTypes.js';
import type { ViewEvent } from '../events/packedEvents.js';
import type { ConfigurationEvent, HistogramEvent, ImageEvent, TextEvent } from '../events/schema.js';
import type { UnknownEvent } from '../events/unknownEvent.js';

export interface BriefEvent {
  readonly type: 'other';
  /** Type and fields as text, not yet printable. */
  readonly text: string;
  /** Of what comes again and again under one name: which. */
  readonly subject?: string;
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

/** What users tell beside figures. */
export type ToldEvent = ImageEvent | HistogramEvent | TextEvent | ConfigurationEvent;

export function isTold(event: ViewEvent): event is ToldEvent {
  return (
    event.type === 'image' || event.type === 'histogram' || event.type === 'text' || event.type === 'configuration'
  );
}

/** The same of what users tell: what it is, and the beginning of it. */
export function toldInBrief(event: ToldEvent): BriefEvent & { readonly subject: string } {
  const { type, epoch, step, elapsedMs, time } = event;
  const name = type === 'configuration' ? '' : event.name.slice(0, MOST_CHARACTERS);
  const text = `${type}${name === '' ? '' : ` ${name}`}  ${contentOf(event)}`.slice(0, MOST_CHARACTERS);
  return { type: 'other', text, subject: `${type} ${name}`, time, epoch, step, elapsedMs };
}

function contentOf(event: ToldEvent): string {
  switch (event.type) {
    case 'image':
      return event.shape.join('×');
    case 'histogram':
      return `${event.counts.length} bins, ${event.edges[0] ?? '?'} to ${event.edges.at(-1) ?? '?'}`;
    case 'text':
      return event.text.slice(0, MOST_CHARACTERS).trim().replace(/\s+/g, ' ');
    case 'configuration':
      return settingsText(event.values);
  }
}

function settingsText(values: ConfigurationEvent['values']): string {
  let text = '';
  for (const name in values) {
    if (text.length >= MOST_CHARACTERS) break;
    text += `${text === '' ? '' : '  '}${name.slice(0, MOST_CHARACTERS)} ${valueText(values[name])}`;
  }
  return text;
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
