// Event lines with their places: what a reader needs that wants to come back to one.

import { EventError } from '../errors.js';
import { parseShallowJson } from '../text/parseShallowJson.js';
import { parseEvent } from './ndjson.js';
import { type SparseEvent, sparseEvent } from './sparseEvent.js';
import type { AnyEvent } from './unknownEvent.js';

/** A line of a recording that is an event, or was meant to be one. */
export interface EventLine {
  /** `undefined` where the line is damaged, or sparse. */
  readonly event: AnyEvent | undefined;
  /** What a line says that is no event as it stands. */
  readonly sparse?: SparseEvent;
  /** What is wrong with a damaged line. */
  readonly problem?: string;
  /** Bytes from the beginning of the recording to the end of this line, its line feed included. */
  readonly end: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const LINE_FEED = 10;
/** Longest line that is read: samples of ten large images take a few hundred thousand bytes. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/**
 * Cuts bytes that arrive in pieces into lines and parses them. Empty lines and what has no type are left out. What follows
 * the last line feed waits for the rest of its line; at most one line of 16 MiB is held, a longer one counts as damaged.
 */
export class EventLines {
  #offset: number;
  #rest: Uint8Array[] = [];
  #restBytes = 0;
  #tooLong = false;

  /** @param offset place of the first byte in the recording */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** Place of the first byte that has not been pushed. */
  get offset(): number {
    return this.#offset;
  }

  push(bytes: Uint8Array): EventLine[] {
    const lines: EventLine[] = [];
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      this.#hold(bytes.subarray(from, to));
      lines.push(...this.#take(this.#offset + to + 1));
      from = to + 1;
    }
    // A copy: the caller may use its buffer again.
    this.#hold(new Uint8Array(bytes.subarray(from)));
    this.#offset += bytes.length;
    return lines;
  }

  /** The last line, where it is whole though its line feed is missing. A torn one is not an error: its writer was interrupted. */
  flush(): EventLine[] {
    return this.#take(this.#offset).filter(({ event, sparse }) => event !== undefined || sparse !== undefined);
  }

  #hold(bytes: Uint8Array): void {
    if (this.#restBytes + bytes.length > LONGEST_LINE_BYTES) this.#tooLong = true;
    if (this.#tooLong) this.#rest = [];
    else if (bytes.length > 0) this.#rest.push(bytes);
    this.#restBytes = this.#tooLong ? 0 : this.#restBytes + bytes.length;
  }

  #take(end: number): EventLine[] {
    const [bytes, tooLong] = [this.#rest, this.#tooLong];
    this.#rest = [];
    this.#restBytes = 0;
    this.#tooLong = false;
    if (tooLong) return [{ event: undefined, problem: `a line is longer than ${LONGEST_LINE_BYTES} bytes`, end }];
    const line = decoder.decode(bytes.length === 1 ? bytes[0]! : joined(bytes));
    const parsed = parseEvent(line);
    if (parsed !== undefined && !(parsed instanceof EventError)) return [{ event: parsed, end }];
    const sparse = sparseEvent(parseShallowJson(line));
    if (sparse !== undefined) return [{ event: undefined, sparse, end }];
    return parsed === undefined ? [] : [{ event: undefined, problem: parsed.problem ?? parsed.message, end }];
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
