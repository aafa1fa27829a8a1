// Event lines with their places: what a reader needs that wants to come back to one.

import { EventError } from '../errors.js';
import { type Line, LineReader } from '../text/lineReader.js';
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

/** Reads the lines of a recording; empty ones and what has no type are left out. One that is too long counts as damaged. */
export class EventLines {
  readonly #lines: LineReader;

  /** @param offset place of the first byte in the recording */
  constructor(offset = 0) {
    this.#lines = new LineReader({ offset });
  }

  /** Place of the first byte that has not been pushed. */
  get offset(): number {
    return this.#lines.offset;
  }

  push(bytes: Uint8Array): EventLine[] {
    return this.#lines.push(bytes).flatMap(readLine);
  }

  /** The last line, where it is whole though its line feed is missing. A torn one is not an error: its writer was interrupted. */
  flush(): EventLine[] {
    return this.#lines
      .flush()
      .flatMap(readLine)
      .filter(({ event, sparse }) => event !== undefined || sparse !== undefined);
  }
}

function readLine({ text, end }: Line): EventLine[] {
  if (text === undefined) return [{ event: undefined, problem: 'a line is too long', end }];
  const parsed = parseEvent(text);
  if (parsed !== undefined && !(parsed instanceof EventError)) return [{ event: parsed, end }];
  const sparse = sparseEvent(parseShallowJson(text));
  if (sparse !== undefined) return [{ event: undefined, sparse, end }];
  return parsed === undefined ? [] : [{ event: undefined, problem: parsed.problem ?? parsed.message, end }];
}
