// Events as lines: one JSON object a line, UTF-8, LF. Encoding is exact; reading is tolerant, as readers of a growing
// file, a newer version or a torn last line have to be.
import { EventError } from '../errors.js';
import { type EventType, eventSchema, type MillraceEvent } from './events.js';

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

/**
 * Reads one line. Unknown fields are dropped; an unknown type and an empty line give `undefined`; a line that is not
 * JSON, or a known type with a missing or wrong field, gives an `EventError` to report and pass over.
 */
export function parseEvent(line: string): ParsedLine {
  if (line.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return new EventError({ code: 'EVENT_JSON', problem: 'a line is not JSON', advice: 'It is passed over.', cause });
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || !KNOWN_TYPES.has(String(value.type)))
    return undefined;
  const result = eventSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return new EventError({
    code: 'EVENT_SHAPE',
    problem: `a ${String(value.type)} event has a wrong field ${issue?.path.join('.') ?? ''} (${issue?.message ?? ''})`,
    advice: 'It is passed over.',
  });
}

/** Longest line that is read, in UTF-16 units: samples of ten large images take a few hundred thousand. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Cuts text that arrives in pieces into lines and parses them. What follows the last line feed waits for the rest of its
 * line; `flush` reads it as it is and leaves out a torn one. At most one line is held, and no more than 16 Mi characters.
 */
export class EventReader {
  #rest = '';
  #skipping = false;

  /** Events and damaged lines in `text`, in order. */
  push(text: string): (MillraceEvent | EventError)[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const results = lines.flatMap((line) => this.#read(line));
    if (this.#rest.length > LONGEST_LINE) {
      this.#rest = '';
      if (!this.#skipping) {
        this.#skipping = true;
        results.push(
          new EventError({
            code: 'EVENT_TOO_LONG',
            problem: `a line is longer than ${LONGEST_LINE} characters`,
            advice: 'It is passed over.',
          }),
        );
      }
    }
    return results;
  }

  /** The last line, where it is whole though its line feed is missing. A torn one is no error: its writer was interrupted. */
  flush(): MillraceEvent[] {
    const parsed = this.#skipping ? undefined : parseEvent(this.#rest);
    this.#rest = '';
    return parsed === undefined || parsed instanceof EventError ? [] : [parsed];
  }

  #read(line: string): (MillraceEvent | EventError)[] {
    if (this.#skipping) {
      this.#skipping = false;
      return [];
    }
    const parsed = parseEvent(line);
    return parsed === undefined ? [] : [parsed];
  }
}
