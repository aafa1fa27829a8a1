// Events as lines: one JSON object a line, UTF-8, LF. Encoding is exact; reading is tolerant, as readers of a growing
// file, a newer version or a torn last line have to be.
import { EventError, type EventErrorCode } from '../errors.js';
import { nestsDeeper } from '../text/nestsDeeper.js';
import { TextLines } from '../text/textLines.js';
import { type EventType, eventSchema, type MillraceEvent } from './schema.js';

/** One event as a line, with its line feed. NaN and infinities become strings. */
export function encodeEvent(event: MillraceEvent): string {
  // A replacer triples the cost of the one event that comes with every step, so that one is looked at first.
  const plain = event.type === 'loss' && Number.isFinite(event.loss) && Number.isFinite(event.learningRate);
  return `${plain ? JSON.stringify(event) : JSON.stringify(event, finiteOrString)}\n`;
}

function finiteOrString(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Whether a line that was read is an event (and not the complaint about a damaged one). */
export function isEvent(read: MillraceEvent | EventError): read is MillraceEvent {
  return !(read instanceof EventError);
}

/** What a line turned out to be: an event, nothing of ours (`undefined`), or damaged. */
export type ParsedLine = MillraceEvent | EventError | undefined;

const KNOWN_TYPES: ReadonlySet<string> = new Set<EventType>(
  eventSchema.def.options.flatMap((option) => [...option.shape.type.values]),
);

/** No event of ours has more than six; the rest is room for networks of others. */
const DEEPEST_NESTING = 32;

/**
 * Reads one line. Unknown fields are dropped; an unknown type and an empty line give `undefined`; a line that is not
 * JSON, or a known type with a missing or wrong field, gives an `EventError` to report and pass over.
 */
export function parseEvent(line: string): ParsedLine {
  if (line.trim() === '') return undefined;
  if (nestsDeeper(line, DEEPEST_NESTING))
    return passedOver('EVENT_JSON', `a line nests more than ${DEEPEST_NESTING} levels deep`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return passedOver('EVENT_JSON', 'a line is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (typeof type !== 'string' || !KNOWN_TYPES.has(type)) return undefined;
  const result = eventSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  return passedOver('EVENT_SHAPE', `a ${type} event has a wrong field ${field} (${issue?.message ?? ''})`);
}

function passedOver(code: EventErrorCode, problem: string, cause?: unknown): EventError {
  return new EventError({ code, problem, advice: 'It is passed over.', cause });
}

/** Longest line that is read, in UTF-16 units: samples of ten large images take a few hundred thousand. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Cuts text that arrives in pieces into lines and parses them. What follows the last line feed waits for the rest of its
 * line; `flush` reads it as it is and leaves out a torn one. At most one line is held, and no more than 16 Mi characters.
 */
export class EventReader {
  readonly #lines = new TextLines(LONGEST_LINE);

  /** Events and damaged lines in `text`, in order. */
  push(text: string): (MillraceEvent | EventError)[] {
    const read = this.#lines.push(text).map((line) => (line === undefined ? tooLong() : parseEvent(line)));
    return read.filter((result) => result !== undefined);
  }

  /** The last line, where it is whole though its line feed is missing. A torn one is not an error: its writer was interrupted. */
  flush(): MillraceEvent[] {
    const parsed = parseEvent(this.#lines.take());
    return parsed === undefined || parsed instanceof EventError ? [] : [parsed];
  }
}

function tooLong(): EventError {
  return passedOver('EVENT_TOO_LONG', `a line is longer than ${LONGEST_LINE} characters`);
}
