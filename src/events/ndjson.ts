// Events as lines: one JSON object a line, UTF-8, LF. Encoding is exact; reading is tolerant, as readers of a growing
// file, a newer version or a torn last line have to be.
import { EventError, type EventErrorCode } from '../errors.js';
import { LineReader } from '../text/lineReader.js';
import { nestsDeeper } from '../text/nestsDeeper.js';
import { EVENT_TYPES } from './eventTypes.js';
import { eventSchema, type MillraceEvent } from './schema.js';
import { type AnyEvent, type UnknownEvent, wrongCommonField } from './unknownEvent.js';

/**
 * One event as a line, with its line feed. NaN and infinities become strings. What `parseEvent` has read comes out as it was,
 * to the byte where the line was written by `JSON.stringify`; an event of a type that we know has its own fields first.
 *
 * @example
 * const stamp = createStamp({ run: 'a' });
 * const loss = { type: 'loss', loss: Number.NaN, items: 20, learningRate: 0.001 };
 * const line = encodeEvent(stamp(loss, { epoch: 1, step: 3 }));
 * console.log(line.includes('"loss":"NaN"'), parseEvent(line).loss); // true NaN
 */
export function encodeEvent(event: AnyEvent): string {
  // A replacer triples the cost of the one event that comes with every step, so that one is looked at first.
  const plain = event.type === 'loss' && Number.isFinite(event.loss) && Number.isFinite(event.learningRate);
  return `${plain ? JSON.stringify(event) : JSON.stringify(event, finiteOrString)}\n`;
}

function finiteOrString(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/**
 * Whether a line that was read is an event of a type that this version knows (and neither another one nor a complaint).
 *
 * @example
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * console.log(events[0].type, events.at(-1).type); // run end
 */
export function isEvent(read: AnyEvent | EventError): read is MillraceEvent {
  return !(read instanceof EventError) && EVENT_TYPES.has(read.type);
}

/**
 * Whether a line that was read is an event of a type that this version does not know.
 *
 * @example
 * const read = parseEvent('{"type":"mine","run":"a","seq":0,"time":"2026-01-01T00:00:00.000Z","elapsedMs":0,"epoch":1,"step":1}');
 * console.log(isUnknownEvent(read), isEvent(read)); // true false
 */
export function isUnknownEvent(read: AnyEvent | EventError): read is UnknownEvent {
  return !(read instanceof EventError) && !EVENT_TYPES.has(read.type);
}

/** What a line turned out to be: an event, nothing of ours (`undefined`), or damaged. */
export type ParsedLine = AnyEvent | EventError | undefined;

/** No event of ours has more than six; the rest is room for networks of others. */
const DEEPEST_NESTING = 32;

/**
 * Reads one line. Fields that are not known stay where they are, and so does an event of an unknown type, as an
 * `UnknownEvent`. A line without a `type` and an empty one give `undefined`; one that is not JSON, or in which a field that we
 * know is missing or wrong, gives an `EventError` to report and pass over.
 *
 * @example
 * const read = parseEvent('{"type":"loss","run":"a"}');
 * console.log(read instanceof EventError, read.code); // true EVENT_SHAPE
 */
export function parseEvent(line: string): ParsedLine {
  // Also without a byte order mark, which some programs put before a text.
  const text = line.trim();
  if (text === '') return undefined;
  if (nestsDeeper(text, DEEPEST_NESTING))
    return passedOver('EVENT_JSON', `a line nests more than ${DEEPEST_NESTING} levels deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return passedOver(
      'EVENT_JSON',
      `a line is not JSON${text.includes('\0') ? ' but text in UTF-16 or binary data' : ''}`,
      cause,
    );
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (typeof type !== 'string' || type === '') return undefined;
  if (!EVENT_TYPES.has(type)) return unknownEvent(value);
  const result = eventSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  return passedOver('EVENT_SHAPE', `a ${type} event has a wrong field ${field} (${issue?.message ?? ''})`);
}

function unknownEvent(value: object): UnknownEvent | EventError {
  const field = wrongCommonField(value);
  if (field === undefined) return value as UnknownEvent;
  return passedOver('EVENT_SHAPE', `an event of an unknown type has a wrong field ${field}`);
}

function passedOver(code: EventErrorCode, problem: string, cause?: unknown): EventError {
  return new EventError({ code, problem, advice: 'It is passed over.', cause });
}

/**
 * Cuts what arrives in pieces into lines and parses them: bytes of UTF-8, or text. What follows the last line feed waits for the
 * rest of its line; `flush` reads it as it is and leaves out a torn one. At most one line is held, and no more than 16 MiB.
 *
 * @example
 * const reader = new EventReader();
 * for await (const piece of createReadStream(`${place}/baseline/events.ndjson`))
 *   for (const event of reader.push(piece)) if (event.type === 'epoch') console.log(event.epoch); // 1
 */
export class EventReader {
  readonly #lines = new LineReader({ hasty: true });
  #halfCharacter = '';

  /** Events and damaged lines in `piece`, in order. */
  push(piece: Uint8Array | string): (AnyEvent | EventError)[] {
    const bytes = typeof piece === 'string' ? this.#encode(piece) : piece;
    const read = this.#lines.push(bytes).map(({ text }) => (text === undefined ? tooLong() : parseEvent(text)));
    return read.filter((result) => result !== undefined);
  }

  /** The last line, where it is whole though its line feed is missing. A torn one is not an error: its writer was interrupted. */
  flush(): AnyEvent[] {
    return this.#lines.flush().flatMap(({ text = '' }) => {
      const parsed = parseEvent(text);
      return parsed === undefined || parsed instanceof EventError ? [] : [parsed];
    });
  }

  /** Text may be cut in the middle of a character. */
  #encode(piece: string): Uint8Array {
    const text = this.#halfCharacter + piece;
    this.#halfCharacter = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
    return encoder.encode(text.slice(0, text.length - this.#halfCharacter.length));
  }
}

const encoder = new TextEncoder();

function tooLong(): EventError {
  return passedOver('EVENT_TOO_LONG', 'a line is longer than 16 MiB');
}
