// Event lines with their places: what a reader needs that wants to come back to one.

import { EventError } from '../errors.js';
import { type Line, LineReader } from '../text/lineReader.js';
import { parseEvent } from './ndjson.js';
import type { AnyEvent } from './unknownEvent.js';

/** A line of a recording that is an event, or was meant to be one. */
export interface EventLine {
  /** `undefined` where the line is damaged. */
  readonly event: AnyEvent | undefined;
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
      .filter(({ event }) => event !== undefined);
  }
}

function readLine({ text, end }: Line): EventLine[] {
  if (text === undefined) return [{ event: undefined, end }];
  const parsed = parseEvent(text);
  return parsed === undefined ? [] : [{ event: parsed instanceof EventError ? undefined : parsed, end }];
}
